"""From a page that was made to a copy, and from a copy to the answer one visitor gets."""

import gzip
import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import cc_delim_re
from django.utils.http import parse_etags

from shop.common import clock
from shop.web.storefront.public_page import OK, cache_control

TAKES_GZIP = re.compile(r"\bgzip\b")
# What belongs to one answer; everything else is the page's.
OF_ONE_ANSWER = frozenset({"content-length", "cache-control", "date", "content-encoding", "x-request-id"})
NOT_MODIFIED_LEAVES = frozenset({"Content-Type"})
HIT = "cho-ocop; hit"
MADE = "cho-ocop; fwd=miss"


def may_be_kept(response: HttpResponse) -> bool:
    """Say whether a page says itself that it is for everybody: public, whole, without cookies, the same for any cookie."""
    directives = cc_delim_re.split(response.headers.get("Cache-Control", ""))
    varies = {name.lower() for name in cc_delim_re.split(response.headers.get("Vary", ""))}
    return (
        response.status_code == OK
        and not response.streaming
        and not response.cookies
        and "public" in directives
        and "ETag" in response.headers
        and varies <= {"", "accept-encoding"}
    )


def headers_of(response: HttpResponse) -> tuple[tuple[str, str], ...]:
    """Return the headers that every visitor of the page gets; the tag is the same for both encodings, so it is a weak one."""
    headers = {name: value for name, value in response.items() if name.lower() not in OF_ONE_ANSWER}
    headers["ETag"] = f"W/{headers['ETag'].removeprefix('W/')}"
    headers["Vary"] = "Accept-Encoding"
    return tuple(headers.items())


def pack(response: HttpResponse) -> bytes:
    """Return the page compressed."""
    return gzip.compress(response.content, compresslevel=6, mtime=0)


def answer(request: HttpRequest, headers: tuple[tuple[str, str], ...], packed: bytes, *, status: str) -> HttpResponse:
    """Return a page in the encoding the visitor takes, or 304 when the visitor has it, or its head alone."""
    sent = {**dict(headers), "Cache-Control": cache_control(clock.now()), "Cache-Status": status}
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known and _knows(known, sent["ETag"]):
        return HttpResponseNotModified(headers={name: sent[name] for name in sent.keys() - NOT_MODIFIED_LEAVES})
    if TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        sent["Content-Encoding"] = "gzip"
        content = packed
    else:
        content = gzip.decompress(packed)
    sent["Content-Length"] = str(len(content))
    return HttpResponse(b"" if request.method == "HEAD" else content, headers=sent)


def _knows(given: str, etag: str) -> bool:
    tags = {tag.removeprefix("W/") for tag in parse_etags(given)}
    return "*" in tags or etag.removeprefix("W/") in tags
