"""Metering over HTTP: usage, holds, checks."""
