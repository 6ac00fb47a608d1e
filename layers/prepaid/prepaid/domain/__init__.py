"""The rules of prepaid credits: pure, exact, and without a clock."""
