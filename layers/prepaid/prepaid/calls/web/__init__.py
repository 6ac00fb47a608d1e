"""Calls over HTTP: admission, binding, phone numbers, and the provider's webhook."""
