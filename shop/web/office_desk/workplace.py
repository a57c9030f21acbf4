"""The frame of every page of the desk: who works here, the menu, and how much waits where."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .reach import officer_at
from .room import Room

_rooms: list[Room] = []


def furnish(rooms: Sequence[Room]) -> None:
    """Set the rooms of the desk's menu, once when the server starts."""
    _rooms[:] = rooms


def desk_context(request: HttpRequest, *, room: str, **more: Any) -> dict[str, Any]:
    """What every page of the desk needs, and what this one adds."""
    open_rooms = [one for one in _rooms if one.is_open is None or one.is_open(request)]
    menu = [_menu_item(request, one, is_current=one.name == room) for one in open_rooms]
    return {"menu": menu, "officer": officer_at(request), **more}


def _menu_item(request: HttpRequest, room: Room, *, is_current: bool) -> dict[str, Any]:
    url = reverse(f"office_desk:{room.name}")
    return {
        "name": room.name,
        "url": url,
        "queue_url": f"{url}?{room.queue_query}" if room.queue_query else url,
        "text": room.text,
        "icon_name": room.icon,
        "queue": room.queue,
        "count": room.waiting(request) if room.waiting else 0,
        "current": is_current,
    }
