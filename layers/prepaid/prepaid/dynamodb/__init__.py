"""What every table on DynamoDB shares: client, failures, names, values."""
