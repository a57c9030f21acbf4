"""The wish list of an account: one list, each product once."""

from django.db import transaction
from oscar.apps.wishlists.models import Line, WishList

from catalogue_ext.models import Product
from shop.domain.listings.models import Listing
from shop.domain.listings.queries import EVER_SHOWN
from shop.domain.people.models import User

MOST_WISHES = 200


class TooManyWishes(Exception):
    """A list holds at most two hundred products."""


class NotOnDisplay(Exception):
    """No visitor has ever seen this product, so nobody can wish for it."""


@transaction.atomic
def keep_wish(*, user_id: int, product_id: int) -> bool:
    """Put a product on the list; false when it is there already. Raises NotOnDisplay or TooManyWishes."""
    product = displayed_product(product_id)
    # Two first wishes at the same moment must not make two lists.
    User.objects.select_for_update(no_key=True).get(pk=user_id)
    wishes = Line.objects.filter(wishlist__owner_id=user_id)
    if wishes.filter(product=product).exists():
        return False
    if wishes.count() >= MOST_WISHES:
        raise TooManyWishes(user_id)
    wish_list = WishList.objects.filter(owner_id=user_id).order_by("pk").first() or WishList.objects.create(owner_id=user_id)
    wish_list.lines.create(product=product, title=product.title)
    return True


def drop_wish(*, user_id: int, product_id: int) -> None:
    """Take a product off the list; one that is not there changes nothing."""
    Line.objects.filter(wishlist__owner_id=user_id, product_id=product_id).delete()


def kept_among(*, user_id: int, product_ids: list[int]) -> set[int]:
    """Return which of these products are on the list."""
    found = Line.objects.filter(wishlist__owner_id=user_id, product_id__in=product_ids)
    return set(found.values_list("product_id", flat=True))


def displayed_product(product_id: int) -> Product:
    """Return the product of a page that visitors may have seen; raises NotOnDisplay."""
    listing = Listing.objects.select_related("product").filter(product=product_id, state__in=EVER_SHOWN).first()
    if listing is None or listing.product.is_alcohol:
        raise NotOnDisplay(product_id)
    return listing.product
