"""HTTP: strict input, typed answers, problems; it knows no storage and no environment."""
