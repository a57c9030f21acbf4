"""Kinds of messages. The domains above fill this registry; what they know is never imported here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise

Payload = dict[str, Any]
Context = dict[str, Any]


class ContextBuilder(Protocol):
    """Reads what the ids of a payload stand for, at the moment of sending, in the language that is active."""

    def __call__(self, payload: Payload, *, today: date) -> Context: ...


class UnknownKind(Exception):
    """No domain registered this kind of message."""


class NothingToTell(Exception):
    """What the message would tell of is gone; another try would find the same."""


@dataclass(frozen=True)
class Kind:
    """A kind of message: its name for the office, and how its words are filled when it is sent."""

    name: str
    title: str | Promise
    build_context: ContextBuilder
    # A way into an account: its text is forgotten as soon as it has left the shop.
    holds_secret: bool = False
    # To somebody who was erased: neither text nor address stays once it went out, or was given up.
    is_last: bool = False


_KINDS: dict[str, Kind] = {}


def register_kind(
    name: str,
    *,
    title: str | Promise,
    build_context: ContextBuilder,
    holds_secret: bool = False,
    is_last: bool = False,
) -> None:
    """Add a kind; its templates lie in `templates/notifications/<name>/`."""
    _KINDS[name] = Kind(name, title, build_context, holds_secret, is_last)


def kind_named(name: str) -> Kind:
    """Return the kind; raises UnknownKind."""
    if name not in _KINDS:
        raise UnknownKind(name)
    return _KINDS[name]


def all_kinds() -> list[Kind]:
    """Return every registered kind by name."""
    return [_KINDS[name] for name in sorted(_KINDS)]
