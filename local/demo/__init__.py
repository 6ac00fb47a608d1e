"""A month of believable life for a local stack, written by the product's own use cases."""
