"""The menu of the account: allauth's pages stand in the same frame and know nothing of rooms."""

from typing import Any

from django import template

from shop.web.account.rooms import ROOMS

register = template.Library()


@register.inclusion_tag("account/menu.html")
def account_menu(current: str) -> dict[str, Any]:
    """Draw the menu with the room called `current` marked."""
    return {"rooms": ROOMS, "current": current}
