"""Alerts: delivered once, whatever fails."""
