"""A stand-in for Stripe's API on the loopback: the official SDK uses it unchanged, offline."""
