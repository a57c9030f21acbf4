"""Ending what is open: the person logs in again, wherever that was."""

from collections.abc import Iterable

from django.db.models import F

from .models import User


def end_sessions(*, user_ids: Iterable[int]) -> None:
    """Let every open session of these people be over at its next request."""
    User.objects.filter(pk__in=list(user_ids)).update(session_stamp=F("session_stamp") + 1)
