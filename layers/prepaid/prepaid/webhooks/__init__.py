"""Webhooks: the host is told of events over HTTPS, signed, again and again until it answers."""
