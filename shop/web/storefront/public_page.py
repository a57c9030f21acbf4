"""What every page that anybody may keep has in common: it is the same for all, and says for how long it holds."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, set_response_etag

from shop.access.declare import EVERYBODY, access
from shop.common import clock

# A page may be this old (settled: a star is right within 60 seconds on every cached page).
SHARED_SECONDS = 30
OK = 200
NEVER_KEPT = "no-store"

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Declare a page for everybody: no cookie, no token, nothing personal, so that caches may keep it."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", cache_control(clock.now()))
        if response.status_code != OK or response.streaming:
            return response
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response

    # Said aloud, so that a test can hold the list of kept addresses against it.
    kept.is_public_page = True
    return access(roles=EVERYBODY, methods=("GET",))(kept)


def cache_control(now: datetime) -> str:
    """Say for how long a proxy may keep a page; never past midnight, when certificates end."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    seconds = min(SHARED_SECONDS, int((midnight - now).total_seconds()))
    return f"public, max-age=0, s-maxage={seconds}"


def fresh_page(view: View) -> View:
    """Declare a page for everybody that is computed for each visit and kept by nobody."""

    @wraps(view)
    def fresh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return never_kept(view(request, *args, **kwargs))

    return access(roles=EVERYBODY, methods=("GET",))(fresh)


def never_kept(response: HttpResponse) -> HttpResponse:
    """Return the answer as one that is right only now."""
    response.headers["Cache-Control"] = NEVER_KEPT
    return response


def render_for_all(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render without messages: what one visitor is told must not be kept for the next."""
    return render(request, template, {"messages": (), **context}, status=status)
