"""Pages that show one buyer's choice: kept nowhere, and their secret addresses told to nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

NOTHING = "no-referrer"
# With no-referrer a browser sends «Origin: null» with a form, which the CSRF check refuses; this tells the host only.
HOST_ONLY = "strict-origin"


def private_page(view: View) -> View:
    """No cache keeps the answer and no search engine lists it."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return private


def secret_page(*, tells: str = NOTHING) -> Callable[[View], View]:
    """A private page whose address is a key: no link and no form on it tells the address to anybody."""

    def decorate(view: View) -> View:
        @wraps(view)
        def secret(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = private_page(view)(request, *args, **kwargs)
            response.headers["Referrer-Policy"] = tells
            return response

        return secret

    return decorate
