"""What the product does, told against ports: load, decide, commit, replay."""
