"""Which devices are in use: said once in a while by the pages that are for one person's eyes."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from .arrivals import ARRIVED_AT, note_use

# Nobody needs to know to the minute, and most requests should write nothing.
EVERY_SECONDS = 5 * 60


class PresenceMiddleware:
    """Asks nothing on cached pages: those differ for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # After the view: a log-in or a new password gave the session another key.
        if _is_somebodys_page(request) and cache.add(f"presence:{request.session.session_key}", True, EVERY_SECONDS):
            note_use(request, request.user)
        return response


def _is_somebodys_page(request: HttpRequest) -> bool:
    return getattr(request, "is_private_page", False) and ARRIVED_AT in request.session and request.user.is_authenticated
