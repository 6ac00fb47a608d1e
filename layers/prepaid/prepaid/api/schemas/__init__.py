"""Wire models: what JSON and query strings must look like, and what answers look like."""
