"""Whether a visitor proved it with something besides the password."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

# What these may see or change is worth a stolen password; a role counts only together with a second factor.
ROLES_WITH_SECOND_FACTOR = frozenset({"officer", "staff", "producer_money", "approver"})
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether this session was opened, or confirmed since, with what the account asks for today besides a password.

    A passkey counts: it is the device and the finger or PIN that unlocks it, which `MFA_WEBAUTHN_USER_VERIFICATION` demands.
    """
    user: Any = request.user
    if not _has(user, *SECOND_FACTORS):
        return False
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Send a person to set up a second factor, or to use the one they have."""
    if not _has(request.user, *SECOND_FACTORS):
        return redirect("mfa_activate_totp")
    # Without an app there is no code to ask for, and allauth would lead from that page to the password.
    page = "mfa_reauthenticate" if _has(request.user, Authenticator.Type.TOTP) else "mfa_reauthenticate_webauthn"
    return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def _has(user: Any, *types: Authenticator.Type) -> bool:
    return is_mfa_enabled(user, types)
