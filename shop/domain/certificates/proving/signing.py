"""Signed documents: a payload and an Ed25519 signature over its canonical form.

Canonical form: JSON in UTF-8, members sorted by name, no blanks, letters as they are. `docs/verify_certificate.py` makes
the same form from a saved file. The payload names the key and the schema, so that neither can be exchanged.
"""

import json
from datetime import date
from typing import Any

from .keys import current_key_id, private_key

SignedDocument = dict[str, Any]


def canonical(payload: dict[str, Any]) -> bytes:
    """Return the bytes that are signed; a payload holds texts, whole numbers, truths, lists and nothing, never fractions."""
    return json.dumps(payload, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def sign(payload: dict[str, Any], *, today: date) -> SignedDocument:
    """Return `payload`, completed by the key's id, with its signature (128 hexadecimal digits)."""
    signed = {**payload, "key_id": current_key_id(today=today)}
    return {"payload": signed, "signature": private_key().sign(canonical(signed)).hex()}
