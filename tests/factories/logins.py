"""Being logged in, in tests of what comes after the log-in."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time


def give_second_factor(user) -> str:
    """Switch the authenticator app on for a person; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """What the app shows for a secret right now."""
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def log_in(client, user, *, second_factor=False):
    """Open a session for a person; with `second_factor` as officers, staff and keepers of money must. Returns the client."""
    if second_factor and not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        give_second_factor(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
        session.save()
    return client
