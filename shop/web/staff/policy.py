"""The staff's pages are Oscar's and Django's, with scripts and styles in the page; only there may they be."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

LOOSER = {"script-src": ["'self'", "'unsafe-inline'"], "style-src": ["'self'", "'unsafe-inline'"]}
STAFF_NAMESPACES = {"dashboard", "admin"}


class StaffPagesPolicyMiddleware:
    """Stands inside the CSP middleware, which reads what this leaves on the response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match and STAFF_NAMESPACES & set(match.namespaces):
            response._csp_update = LOOSER  # noqa: SLF001 -- what csp.decorators.csp_update writes
        return response
