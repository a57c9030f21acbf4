"""What django-axes counts, and what a locked-out visitor reads."""

from typing import Any

from allauth.core import ratelimit
from axes.utils import reset
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.common.phone import normalise_phone


def login_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The login that was tried, in one spelling: 0912 345 678 and +84912345678 are one account."""
    given = credentials or {}
    text = given.get("email") or given.get("phone") or given.get("username")
    if not text and request is not None:
        text = request.POST.get("login")
    return normalise_login(text or "")


def normalise_login(text: str) -> str:
    """An e-mail in small letters, a phone in E.164, anything else as it is."""
    text = text.strip().lower()
    try:
        return text if "@" in text else normalise_phone(text)
    except ValidationError:
        return text


def key_of_guesses(login: str) -> str:
    """Under which name allauth counts the wrong passwords of a login."""
    return f"login:{login}"


def answer_locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG001 -- axes' signature
    """Five wrong passwords of one login from one address: wait an hour, or reset the password."""
    return render(request, "errors/429.html", status=429)


def forget_wrong_guesses(request: HttpRequest, user: Any) -> None:
    """Open the door again to an account whose password was just reset by its owner."""
    for login in filter(None, (user.email, user.phone)):
        reset(username=normalise_login(login))
        ratelimit.clear(request, action="login_failed", key=key_of_guesses(normalise_login(login)))
