"""Alerts in DynamoDB: the outbox, and what owners of addresses agreed to."""
