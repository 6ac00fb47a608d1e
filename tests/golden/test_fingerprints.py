"""Fingerprints stand in the ledger for ever: the same content has the same one in every release."""

from prepaid.domain.keys import fingerprint


def test_a_fingerprint_with_text_beyond_ascii_is_the_one_that_was_stored() -> None:
    content = {"gift": 2000, "für": "jürgen 👍", "none": None, "empty": {}, "amount": "1.50"}

    made = fingerprint(content)

    assert made == "v1:7ec63a7b77977a98adfc0e09081ac29c2e23d2743a9d2d58f3fa07ddd96f59c2"
