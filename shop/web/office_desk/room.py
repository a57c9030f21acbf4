"""What a room of the desk is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Hit:
    """One thing that a room found: where it stands, its name, what else tells it apart."""

    url: str
    title: str
    note: str | Promise = ""
    # Names of products and producers stay Vietnamese on an English page.
    is_vietnamese: bool = True


@dataclass(frozen=True)
class Hits:
    """What one kind of thing has to show for the words: the first few, how many there are, and where the rest stands."""

    title: str | Promise
    icon: str
    hits: Sequence[Hit]
    count: int
    more_url: str = ""


@dataclass(frozen=True)
class Room:
    """A part of the desk; `queue` says what waits there, in the words of the front page."""

    name: str
    text: str | Promise
    icon: str
    queue: str | Promise = ""
    waiting: Callable[[HttpRequest], int] | None = None
    # The query after the room's address under which the queue itself stands, for example `trang-thai=failed`.
    queue_query: str = ""
    # Whether this officer finds the room at all; without it everybody of the office does.
    is_open: Callable[[HttpRequest], bool] | None = None
