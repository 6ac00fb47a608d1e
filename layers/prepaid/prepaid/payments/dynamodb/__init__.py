"""Payments on DynamoDB."""
