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


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether this session was opened, or confirmed since, with a code that the account asks for today."""
    user: Any = request.user
    if not _has_authenticator(user):
        return False
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Send a person to set up a second factor, or to use the one they have."""
    if not _has_authenticator(request.user):
        return redirect("mfa_activate_totp")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _has_authenticator(user: Any) -> bool:
    return is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
