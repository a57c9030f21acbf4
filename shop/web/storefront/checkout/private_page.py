"""Pages that show one buyer's choice: kept nowhere, and their secret addresses told to nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def private_page(view: View) -> View:
    """No cache keeps the answer, no search engine lists it, no link from it tells the address it stood on."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        # Under "no-referrer" a browser sends `Origin: null` with a form, which the CSRF check must refuse;
        # this one names the shop and never the secret path.
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return private
