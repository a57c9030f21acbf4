"""Where seeds may be sown: known passwords and invented stars have no place in a shop that sells."""

from django.conf import settings

from catalogue_ext.models import ProductClass
from shop.oscar_forks.order.models import Order


class SeedRefused(Exception):
    """A shop is no place for a seed; the text says why."""


def check_may_seed() -> None:
    """Raise SeedRefused where a seed would do harm or lack its ground."""
    if not settings.DEMO:
        raise SeedRefused(
            "Seeds have known passwords and sample stars: say DEMO=1 if this database is for trying the shop"
            " (impossible where BASE_URL is https)."
        )
    if Order.objects.exists():
        raise SeedRefused("This shop has orders: seed an empty one.")
    if not ProductClass.objects.filter(slug="ocop").exists():
        raise SeedRefused("The taxonomy is missing: run manage.py prepare first.")
