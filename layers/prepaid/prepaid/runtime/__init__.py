"""Where settings, clock, secrets and logs come from, and where the parts are put together."""
