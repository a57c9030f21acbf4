"""A form on a cached page has no CSRF token; the browser itself says which site a request comes from."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def same_origin_only(view: View) -> View:
    """Refuse what another site sends in a visitor's name; takes the place of the CSRF token.

    Every browser of today sends one of the two headers with a form; what sends neither is no browser and carries
    nobody's cookies by accident.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not comes_from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def comes_from_here(request: HttpRequest) -> bool:
    """Say whether the request was made by a page of this shop."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
