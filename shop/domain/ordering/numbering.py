"""Order numbers by chance: they tell neither how much the shop sells nor anybody else's number."""

import secrets

# Crockford's letters: no I, L, O or U, so that a number read out on the phone is written down right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def make_order_number() -> str:
    """Return a number like OC-7K2M9QXD; one of 32⁸, so the caller retries on the rare repeat."""
    return "OC-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
