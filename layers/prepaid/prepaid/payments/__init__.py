"""Payments: purchases, what becomes of them, and refunds."""
