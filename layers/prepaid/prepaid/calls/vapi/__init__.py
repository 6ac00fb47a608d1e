"""Vapi: its messages, how they prove themselves, and its API."""
