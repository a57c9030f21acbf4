"""The frame of every page of the desk: who works here, the menu, and how much waits where."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .reach import officer_at
from .rooms import ROOMS


def desk_context(request: HttpRequest, *, room: str, **more: Any) -> dict[str, Any]:
    """What every page of the desk needs, and what this one adds."""
    menu = [
        {
            "name": one.name,
            "url": reverse(f"office_desk:{one.name}"),
            "text": one.text,
            "icon_name": one.icon,
            "queue": one.queue,
            "count": one.waiting(request) if one.waiting else 0,
            "current": one.name == room,
        }
        for one in ROOMS
    ]
    return {"menu": menu, "officer": officer_at(request), **more}
