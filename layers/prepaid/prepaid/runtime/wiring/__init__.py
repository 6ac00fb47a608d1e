"""Puts the parts together, a module for each feature: what a function imports is what it loads.

Each module keeps its own `parts`, how to get what is outside, and gives its neighbours functions.
Tests replace the parts of a module as a whole: ``monkeypatch.setattr(ledger, "parts", Parts(…))``.
"""
