"""From which address of the network a visitor comes, also where the shop stands behind a proxy."""

from ipaddress import ip_address

from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """Return the visitor's address; what a proxy says is believed only when it speaks from the inner network.

    The last address it names is the one it saw itself: the others are what the visitor claims.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return named if _is_address(named) and _is_inner(peer) else peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_inner(address: str) -> bool:
    return _is_address(address) and ip_address(address).is_private
