"""Prepaid: the credit ledger, shared by every function as a Lambda layer."""
