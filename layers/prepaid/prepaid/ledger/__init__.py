"""The ledger: commands posted, what time ends, entries explained, all of it verified."""
