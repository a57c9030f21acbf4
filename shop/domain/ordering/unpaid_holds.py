"""How many orders may wait for their money at once: three of one phone, three of one address of the network.

Each of them keeps goods from other buyers, so without a limit (`UNPAID_ORDERS_MAX`) one person could empty a shelf for
nothing. Cash waits for nothing and is never counted. The address is never written down: a keyed hash stands on the order
as long as it waits.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from shop.common.gates import shut_gates
from shop.oscar_forks.order.models import Order

# Whatever keeps an order waiting that long: nobody is told from their address any more.
NETWORK_KEPT_FOR = timedelta(days=30)
GATE = "unpaid_holds"
# A household gets a whole /64 and may answer from any address in it.
PREFIX_OF_A_HOUSEHOLD = 64
DIGITS_OF_A_GATE = 8


class TooManyUnpaid(Exception):
    """This phone, or this address of the network, has three orders that wait for their money."""


def network_key_of(*, address: str) -> str:
    """Return the keyed hash under which an address of the network is counted; nothing for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    household = str(ip_network((found, PREFIX_OF_A_HOUSEHOLD), strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004
    return _hash(household)


def check_unpaid_orders(*, phone: str, network_key: str) -> None:
    """Let the caller's transaction write one more order that waits, or raise TooManyUnpaid.

    Until it ends nobody else writes one of the same phone or address, so that a hundred at once do not all count two.
    """
    shut_gates(kind=GATE, ids=[int(key[:DIGITS_OF_A_GATE], 16) for key in (_hash(phone), network_key) if key])
    waiting = Order.objects.filter(status=Order.Status.AWAITING_PAYMENT)
    same = [Q(buyer_phone=phone)] + ([Q(network_key=network_key)] if network_key else [])
    if any(waiting.filter(one).count() >= settings.UNPAID_ORDERS_MAX for one in same):
        raise TooManyUnpaid


def forget_networks(*, now: datetime) -> int:
    """Take the hash out of orders of 30 days ago; every other order lost it when it stopped waiting."""
    old = Order.objects.filter(date_placed__lte=now - NETWORK_KEPT_FOR).exclude(network_key="")
    return old.update(network_key="")


def _hash(text: str) -> str:
    return salted_hmac("shop.unpaid_holds", text, algorithm="sha256").hexdigest()
