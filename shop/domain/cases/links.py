"""The secret link by which a reporter follows a case: derived from a random seed, as an order's (decision 0004)."""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Case

SALT = "shop.domain.cases.links"
TOKEN_LENGTH = 32
# Crockford's letters: no I, L, O or U, so that a number read out on the phone is written down right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 8


def make_number() -> str:
    """Return a number like VV-7K2M9QXD, by chance."""
    return "VV-" + "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LENGTH))


def make_link_seed() -> str:
    """Return the random part that is stored with a new case."""
    return secrets.token_hex(16)


def status_token(case: Case) -> str:
    """Return the token of the case's link: what is stored is no use without the shop's secret."""
    return _token_with(case, settings.SECRET_KEY)


def find_case(*, number: str, token: str) -> Case | None:
    """Return the case when the token is its own, under the shop's secret or one that is being retired."""
    case = Case.objects.filter(number=number.replace("\x00", "")).first()
    # Compared even when there is no such case, so that time tells nothing about numbers.
    compared = case or Case(link_seed="")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [constant_time_compare(_token_with(compared, key), token) for key in keys]
    return case if any(matches) else None


def _token_with(case: Case, secret: str) -> str:
    return salted_hmac(SALT, case.link_seed, secret=secret, algorithm="sha256").hexdigest()[:TOKEN_LENGTH]
