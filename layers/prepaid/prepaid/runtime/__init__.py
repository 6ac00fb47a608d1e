"""Where settings, clock, secrets and logs come from, and where the parts are put together."""

import gc

gc.set_threshold(50_000, 20, 50)
"""Importing an SDK makes many lasting objects; collecting among them costs a cold start a tenth."""
