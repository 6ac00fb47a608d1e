"""DynamoDB: eight tables, one transaction for each commit."""
