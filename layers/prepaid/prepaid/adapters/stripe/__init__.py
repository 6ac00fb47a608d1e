"""Stripe: its webhooks, read without its SDK, and its API, called through it."""
