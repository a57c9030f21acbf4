"""Deny by default: what no row of the matrix opens stays shut."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from shop.common import clock
from shop.domain.audit_log.refusals import record_refusal
from shop.domain.producers.staff import actor_of

from .declare import Access
from .rows import row_of
from .second_factor import ROLES_WITH_SECOND_FACTOR, ask_for_second_factor, has_second_factor
from .third_party import THIRD_PARTY

logger = logging.getLogger(__name__)
# A wrong role or somebody else's object (404), a wrong token (403), an act that is not possible any more (409).
REFUSALS = frozenset({403, 404, 409})


class AccessMiddleware:
    """Puts `request.actor` on every request and refuses what its row of the matrix does not allow.

    A stranger is sent to log in, a person in the wrong role gets the same 404 as for a page
    that does not exist, so that an address tells nobody what stands behind it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_of(user=request.user))
        request.is_private_page = False
        response = self.get_response(request)
        if request.is_private_page:
            add_never_cache_headers(response)
            if response.status_code in REFUSALS:
                _write_down(request, response.status_code)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Any,
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name
        row = row_of(view, name)
        if row is None:
            logger.error("%s has no row in the access matrix", name)
            raise Http404
        # Log-in and account pages are other people's; what they show or ask for is for one person's eyes.
        request.is_private_page = "anonymous" not in row.roles or name in THIRD_PARTY
        # Pages open to everybody must not ask who is looking: they are cached.
        if "anonymous" not in row.roles:
            refusal = self._refuse(request, row)
            if refusal:
                return refusal
        if request.method not in _methods(row):
            return _refuse_method(request, row)
        return None

    def _refuse(self, request: HttpRequest, row: Access) -> HttpResponse | None:
        held = request.actor.roles & set(row.roles)
        if not held:
            logger.warning("refused %s %s to user %s", request.method, request.resolver_match.view_name, request.actor.user_id)
            if request.actor.user_id is None:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            raise Http404
        if held <= ROLES_WITH_SECOND_FACTOR and not has_second_factor(request):
            return ask_for_second_factor(request)
        return None


def _write_down(request: HttpRequest, status: int) -> None:
    if request.actor.user_id is None:
        return
    name = request.resolver_match.view_name or ""
    record_refusal(actor=request.actor, address=name, method=request.method, status=status, now=clock.now())


def _methods(row: Access) -> tuple[str, ...]:
    return (*row.methods, "HEAD") if "GET" in row.methods else row.methods


def _refuse_method(request: HttpRequest, row: Access) -> HttpResponse:
    """405: for people with words, as when the address of a button was opened by hand; for machines without."""
    refusal = HttpResponseNotAllowed(_methods(row))
    if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        refusal.content = render_to_string("errors/405.html", request=request)
    return refusal
