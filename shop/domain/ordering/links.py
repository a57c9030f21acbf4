"""The secret link to an order: 128 bits of its own per order, derived so that mails can be written at any time."""

import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from shop.domain.notifications.rendering import absolute_url
from shop.oscar_forks.order.models import Order

SALT = "shop.domain.ordering.links"
TOKEN_LENGTH = 32


def make_link_seed() -> str:
    """Return the random part that is stored with a new order."""
    return secrets.token_hex(16)


def tracking_token(order: Order) -> str:
    """Return the token of the order's link: what is stored is no use without the shop's secret."""
    return _token_with(order, settings.SECRET_KEY)


def pay_page(order: Order) -> str:
    """Return the address, in the order's language, of the page on which it waits for its money."""
    with override(order.language):
        return absolute_url(reverse("storefront:pay_order", args=[order.number, tracking_token(order)]))


def find_order(*, number: str, token: str) -> Order | None:
    """Return the order when the token is its own, under the shop's secret or one that is being retired."""
    order = Order.objects.filter(number=number).first()
    # Compared even when there is no such order, so that time tells nothing about numbers.
    compared = order or Order(link_seed="")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [constant_time_compare(_token_with(compared, key), token) for key in keys]
    return order if any(matches) else None


def _token_with(order: Order, secret: str) -> str:
    return salted_hmac(SALT, order.link_seed, secret=secret, algorithm="sha256").hexdigest()[:TOKEN_LENGTH]
