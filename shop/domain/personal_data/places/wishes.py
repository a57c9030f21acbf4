"""What the person wanted: wish list, baskets, requests to be told, and what they looked for."""

from datetime import datetime

from django.db.models import Q, QuerySet
from oscar.apps.analytics.models import UserProductView, UserRecord, UserSearch
from oscar.apps.catalogue.reviews.models import ProductReview
from oscar.apps.customer.models import ProductAlert
from oscar.apps.wishlists.models import Line as WishLine
from oscar.apps.wishlists.models import WishList

from shop.domain.consents.queries import consent_history
from shop.domain.consents.recording import ConsentSubject, stock_notice
from shop.domain.consents.recording import person as account_subject
from shop.domain.wishes.models import StockNotice
from shop.oscar_forks.basket.models import Basket

from ..person import Person, any_of
from ..place import Place, Row


def export_wishes(person: Person) -> list[Row]:
    lines = WishLine.objects.filter(wishlist__owner=person.user_id).exclude(wishlist__owner=None)
    return [{"title": line.title, "product": line.product_id} for line in lines.order_by("pk")]


def erase_wishes(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    if person.user_id is not None:
        WishList.objects.filter(owner=person.user_id).delete()


def export_notices(person: Person) -> list[Row]:
    return [
        {
            "product": notice.product.title,
            "email": notice.email,
            "phone": notice.phone,
            "state": notice.state,
            "created_at": notice.created_at,
            "told_at": notice.told_at,
        }
        for notice in _notices(person).select_related("product").order_by("pk")
    ]


def erase_notices(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    _notices(person).delete()


def export_consents(person: Person) -> list[Row]:
    """A consent is proof and stays; it names a number only, and that number leads to nobody afterwards."""
    return [
        {
            "purpose": row.purpose,
            "given": row.is_given,
            "at": row.at,
            "text_version": row.text_version,
            "channel": row.channel,
            "source": row.source,
        }
        for subject in _subjects(person)
        for row in consent_history(subject=subject)
    ]


def keep_consents(person: Person, now: datetime) -> None:
    """Nothing to erase: no column of a consent is personal. That it was taken back is recorded by `erasing`."""


def export_baskets(person: Person) -> list[Row]:
    baskets = Basket.objects.filter(owner=person.user_id, status=Basket.OPEN).exclude(owner=None)
    return [
        {"title": line.product.get_title(), "quantity": line.quantity}
        for basket in baskets.order_by("pk")
        for line in basket.lines.select_related("product__parent").order_by("pk")
    ]


def erase_baskets(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    if person.user_id is not None:
        # One that became an order belongs to the order.
        Basket.objects.filter(owner=person.user_id, order=None).delete()


def export_traces(person: Person) -> list[Row]:
    searches = UserSearch.objects.filter(user=person.user_id).exclude(user=None)
    return [{"searched": row.query, "at": row.date_created} for row in searches.order_by("pk")]


def erase_traces(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    ProductAlert.objects.filter(any_of("email", person.emails)).delete()
    ProductReview.objects.filter(any_of("email", person.emails)).delete()
    if person.user_id is None:
        return
    for model in (UserSearch, UserProductView, UserRecord, ProductAlert, ProductReview):
        model.objects.filter(user=person.user_id).delete()


def _notices(person: Person) -> QuerySet[StockNotice]:
    own = any_of("email", person.emails) | Q(phone__in=person.phones)
    return StockNotice.objects.filter(own | Q(user=person.user_id) if person.user_id else own)


def _subjects(person: Person) -> list[ConsentSubject]:
    of_account = [account_subject(person.user_id)] if person.user_id else []
    guests = _notices(person).filter(user=None).order_by("pk")
    return [*of_account, *(stock_notice(pk) for pk in guests.values_list("pk", flat=True))]


PLACES = (
    Place(
        name="wishes",
        columns={"wishlists_wishlist": "name", "wishlists_wishlistsharedemail": "email"},
        export=export_wishes,
        erase=erase_wishes,
    ),
    # Before the requests they are about: afterwards nobody knows which request was whose.
    Place(name="consents", columns={}, export=export_consents, erase=keep_consents),
    Place(name="stock_notices", columns={"wishes_stocknotice": "email phone"}, export=export_notices, erase=erase_notices),
    Place(name="baskets", columns={"basket_lineattribute": "value"}, export=export_baskets, erase=erase_baskets),
    Place(
        name="searches",
        columns={
            "analytics_usersearch": "query",
            "customer_productalert": "email key",
            "reviews_productreview": "title body name email homepage",
        },
        export=export_traces,
        erase=erase_traces,
    ),
)
