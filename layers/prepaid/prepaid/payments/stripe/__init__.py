"""Payments by Stripe."""

NAME = "stripe"
"""What a payment and its entries say took the money: stored for ever."""
