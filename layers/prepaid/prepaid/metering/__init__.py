"""Metering: usage recorded and paid for, directly or out of a hold."""
