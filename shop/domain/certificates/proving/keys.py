"""The key certificates are signed with, and the history of keys that anybody may check them by.

The private half comes from the environment (or, for a try-out, from a file made once); only public halves are stored.
"""

from datetime import date
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction

from .models import SigningKey

ALGORITHM = "Ed25519"
KEY_ID_LENGTH = 16
KEYS_SCHEMA = "ocop-keys/1"


class UnknownKey(Exception):
    """No certificate was ever signed with a key of this id."""


class KeyInUse(Exception):
    """The shop signs with this key: give it another one first."""


def private_key() -> Ed25519PrivateKey:
    """Return the key the shop signs with today."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.CERTIFICATE_SIGNING_KEY))


def public_hex(key: Ed25519PrivateKey) -> str:
    """Return the public half as 64 hexadecimal digits."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def key_id_of(public: str) -> str:
    """Return the id of a public key (hexadecimal): the beginning of its SHA-256."""
    return sha256(bytes.fromhex(public)).hexdigest()[:KEY_ID_LENGTH]


def current_key_id(*, today: date) -> str:
    """Return the id of the key in use, which is put on record the first time it is asked for."""
    public = public_hex(private_key())
    key_id = key_id_of(public)
    if not SigningKey.objects.filter(key_id=key_id).exists():
        _put_on_record(key_id, public, today=today)
    return key_id


def publish_keys(*, today: date) -> dict[str, Any]:
    """Return every key that was ever used, the present one first: `current`, `retired` or `distrusted`."""
    current = current_key_id(today=today)
    keys = sorted(SigningKey.objects.all(), key=lambda key: (key.key_id != current, -key.pk))
    return {
        "schema": KEYS_SCHEMA,
        "issuer": settings.BASE_URL,
        "algorithm": ALGORITHM,
        "keys": [_describe(key, is_current=key.key_id == current) for key in keys],
    }


@transaction.atomic
def distrust_key(*, key_id: str, today: date) -> bool:
    """Say that a key fell into other hands; False when that was said before. Raises UnknownKey, KeyInUse."""
    key = SigningKey.objects.select_for_update().filter(key_id=key_id).first()
    if key is None:
        raise UnknownKey(key_id)
    if key.key_id == key_id_of(public_hex(private_key())):
        raise KeyInUse(key_id)
    if key.distrusted_on is not None:
        return False
    key.distrusted_on = today
    key.save(update_fields=["distrusted_on"])
    return True


@transaction.atomic
def _put_on_record(key_id: str, public: str, *, today: date) -> None:
    SigningKey.objects.bulk_create([SigningKey(key_id=key_id, public_key=public, first_used_on=today)], ignore_conflicts=True)
    SigningKey.objects.exclude(key_id=key_id).filter(retired_on=None).update(retired_on=today)


def _describe(key: SigningKey, *, is_current: bool) -> dict[str, Any]:
    state = "distrusted" if key.distrusted_on else "current" if is_current else "retired"
    return {
        "key_id": key.key_id,
        "public_key": key.public_key,
        "state": state,
        "first_used_on": key.first_used_on.isoformat(),
        "retired_on": key.retired_on.isoformat() if key.retired_on and not is_current else None,
        "distrusted_on": key.distrusted_on.isoformat() if key.distrusted_on else None,
    }
