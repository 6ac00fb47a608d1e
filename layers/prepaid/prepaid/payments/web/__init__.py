"""Payments over HTTP: purchases and refunds."""
