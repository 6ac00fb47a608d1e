"""A stand-in for Vapi: calls that are made, answered and played to their end, offline."""
