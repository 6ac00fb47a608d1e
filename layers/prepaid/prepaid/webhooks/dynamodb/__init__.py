"""Webhooks in DynamoDB: rows of `credit_records`."""
