"""The inbox: what an admin must look at."""
