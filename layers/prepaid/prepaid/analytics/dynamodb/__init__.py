"""Analytics on DynamoDB: what moved on each day, and snapshots of all accounts."""
