"""The catalogue: packages for sale, and which version of a price applies."""
