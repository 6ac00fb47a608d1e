"""The ports carried out, one adapter for each technology."""
