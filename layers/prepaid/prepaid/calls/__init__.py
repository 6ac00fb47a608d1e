"""Voice calls: admitted before they start, bounded while they run, paid for what they were."""
