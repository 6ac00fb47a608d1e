"""Stripe's API keys show by their form whether they move real money.

https://docs.stripe.com/keys: secret (`sk`), restricted (`rk`) and publishable (`pk`) keys of an
account, and those of an organisation (`sk_org`), name their mode before the random part.
"""

import re

_KEY = re.compile(r"(?:sk|rk|pk)_(?:org_)?(live|test)_")


class KeyOfOtherMode(Exception):
    """A key moves real money where none may, or none where it must, or is no key at all."""


def require_mode(key: str, *, live: bool) -> None:
    """Raise `KeyOfOtherMode`, which never says the key, unless *key* is of the mode asked for."""
    found = _KEY.match(key)
    mode, wanted = found[1] if found else "unknown", "live" if live else "test"
    if mode != wanted:
        raise KeyOfOtherMode(f"a key of the mode {mode} where one of the mode {wanted} must be")
