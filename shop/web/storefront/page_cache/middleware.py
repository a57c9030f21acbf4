"""Gives out kept pages before session, language and log-in are asked for, and has missing ones made for nobody."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from shop.common import clock
from shop.common.shown_versions import Marks

from .addresses import Address, address_of
from .answering import HIT, MADE, answer, headers_of, may_be_kept, pack
from .at_hand import lay_at_hand, page_at_hand
from .copies import (
    Copy,
    begin_making,
    copy_key,
    end_making,
    find_copy,
    is_current,
    keep_copy,
    settled_until,
    wait_for_copy,
)
from .visitors import NobodysRequest


class PageCacheMiddleware:
    """The same page for everybody, logged in or not: what is personal comes in fragments, which no address here leads to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = address_of(request) if settings.PAGE_CACHE_SECONDS and _is_ours(request) else None
        return self.get_response(request) if address is None else self._kept_page(request, address)

    def _kept_page(self, request: HttpRequest, address: Address) -> HttpResponse:
        key = copy_key(address, today=clock.today())
        if (copy := page_at_hand(key)) is not None:
            return answer(request, copy.headers, copy.packed, status=HIT)
        copy, marks = find_copy(key, address)
        if copy is not None and is_current(copy, marks):
            lay_at_hand(key, copy)
        else:
            if begin_making(key, marks):
                return self._make_or_take(request, address, key, marks, copy)
            # Somebody is making it: a copy that is a moment behind will do, and so will waiting a moment.
            copy = copy or wait_for_copy(key, marks)
        if copy is None:
            return self._make(request, address, key, marks, None)
        return answer(request, copy.headers, copy.packed, status=HIT)

    def _make_or_take(self, request: HttpRequest, address: Address, key: str, marks: Marks, before: Copy | None) -> HttpResponse:
        """Whoever made it may have ended between our looking and our turn."""
        copy, _ = find_copy(key, address)
        if copy is None or not is_current(copy, marks):
            return self._make(request, address, key, marks, before)
        end_making(key, marks)
        return answer(request, copy.headers, copy.packed, status=HIT)

    def _make(self, request: HttpRequest, address: Address, key: str, marks: Marks, before: Copy | None) -> HttpResponse:
        # Counted from before anything was read: a page is as old as what it shows.
        begun_at, until = time.time(), settled_until(address, before)
        try:
            response = self.get_response(NobodysRequest(address))
            if not may_be_kept(response):
                return response
            copy = Copy(begun_at, until, marks, headers_of(response), pack(response))
            keep_copy(key, copy, address)
        finally:
            end_making(key, marks)
        return answer(request, copy.headers, copy.packed, status=MADE)


def _is_ours(request: HttpRequest) -> bool:
    """Say whether the host is one of the shop's; a strange one is refused where it always is."""
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False
