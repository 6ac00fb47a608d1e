"""The ledger over HTTP: balance, entries, adjustments."""
