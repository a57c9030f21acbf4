"""What of a log record may be written down: nothing that tells of a person or opens somebody's page.

Texts are made by libraries and by databases as well as by us, so they are not trusted: an exception gives its type and
where it was raised, never its words; an address gives its route; and what looks like a contact or a secret goes.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from traceback import extract_tb
from typing import Any

from shop.common.request_id import current_request_id

ROOT = Path(__file__).resolve().parents[2]
FRAMES_SHOWN = 25
CAUSES_SHOWN = 4
# These speak of people: only the sentence is kept, not what is filled in.
SPEAK_OF_PEOPLE = ("axes", "allauth", "oscar", "django.security")

_URL = re.compile(r"\b([a-z][a-z+]*://)(?:[^/\s@]*@)?([^/\s?#]*)[/?#][^\s\"')\]]*")
_EMAIL = re.compile(r"[^\s<>\"'=:;,()]+@[^\s<>\"'=:;,()]+\.\w+")
_PHONE = re.compile(r"(?<![\w.-])(?:\+|00)?\d(?:[ .-]?\d){8,13}(?![\w-])")
_SECRET = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?![\w-])")
_UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_ADDRESS = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])")


def sentence_of(record: logging.LogRecord) -> str:
    """The message, with everything taken out that does not belong into a log."""
    if record.exc_info and str(record.msg) == str(record.exc_info[1]):
        return _name(record.exc_info[1])  # Django logs a refused request by the exception's own words
    if record.name.startswith(SPEAK_OF_PEOPLE):
        return scrub(str(record.msg))
    try:
        return scrub(str(record.msg) % _harmless(record.args) if record.args else str(record.msg))
    except (TypeError, ValueError, KeyError):
        return scrub(str(record.msg))


def scrub(text: str) -> str:
    """A text without contacts, secrets and the inner part of addresses."""
    text = _URL.sub(r"\1\2/…", text)
    text = _EMAIL.sub("(e-mail)", text)
    text = _SECRET.sub(lambda found: found[0] if _UUID.fullmatch(found[0]) else "(secret)", text)
    text = _ADDRESS.sub(_network_address, text)
    return _PHONE.sub("(number)", text)


def origin_of(record: logging.LogRecord) -> dict[str, Any]:
    """Which request it was: its number, its method and the route it took, never the address itself."""
    found: dict[str, Any] = {"request_id": current_request_id()}
    request = getattr(record, "request", None)
    if hasattr(request, "method"):
        match = getattr(request, "resolver_match", None)
        found |= {"method": request.method, "route": match.route if match else ""}
    found["status"] = getattr(record, "status_code", None)
    return {name: value for name, value in found.items() if value not in {None, ""}}


def describe_error(error: BaseException) -> dict[str, Any]:
    """What was raised, where, and what was raised before it."""
    return dict(_facts(error, CAUSES_SHOWN))


def _facts(error: BaseException, causes: int) -> Iterator[tuple[str, Any]]:
    yield "type", _name(error)
    # PostgreSQL's own words repeat the row that was refused; its code and the name of the rule do not.
    if state := getattr(error, "sqlstate", None):
        yield "sqlstate", state
        yield "constraint", error.diag.constraint_name
    frames = extract_tb(error.__traceback__)[-FRAMES_SHOWN:]
    yield "frames", [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before and causes:
        yield "after", dict(_facts(before, causes - 1))


def _harmless(arguments: Any) -> Any:
    if isinstance(arguments, Mapping):
        # Celery hands over a task's exception and its words under these names.
        hidden = dict.fromkeys(("exc", "traceback", "args", "kwargs", "return_value") & arguments.keys(), "…")
        return {name: _harmless_value(value) for name, value in arguments.items()} | hidden
    return tuple(_harmless_value(value) for value in arguments)


def _harmless_value(value: Any) -> Any:
    if isinstance(value, BaseException):
        return _name(value)
    return "(address)" if isinstance(value, str) and value.startswith("/") else value


def _network_address(found: re.Match) -> str:
    try:
        return "(address)" if ip_address(found[0]).is_global else found[0]
    except ValueError:
        return found[0]


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _short(path: str) -> str:
    return path.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")
