"""Accounts: what an owner and an administrator see of one, and find of all."""
