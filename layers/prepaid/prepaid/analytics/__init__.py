"""Numbers: what an account used, and what all accounts bought, spent and still own."""
