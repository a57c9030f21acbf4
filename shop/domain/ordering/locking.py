"""Every lock of an order's life, in the one order in which they are taken anywhere.

Basket → voucher → certificate, listing and producer (shared) → order → payment → parcels → stock by primary key.

Two transactions that take locks in the same order can wait for each other but never in a circle.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from shop.common.gates import pass_gates_in_order
from shop.domain.certificates.acts import CERTIFICATE_GATE
from shop.domain.listings.models import Listing
from shop.domain.listings.shelf_gate import SHELF_GATE
from shop.domain.parcels.models import Parcel
from shop.domain.payments.deciding import deciding_payment
from shop.domain.payments.models import Payment
from shop.domain.producers.gate import PRODUCER_GATE
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.order.models import Order

# lock_not_available, deadlock_detected, query_canceled
BUSY_STATES = frozenset({"55P03", "40P01", "57014"})
LONGEST_WAIT = "5s"


class ShopBusy(Exception):
    """Somebody else held what this needed for too long; nothing was changed, try again."""


@contextmanager
def busy_instead_of_waiting() -> Iterator[None]:
    """Run one transaction of its own that waits five seconds for a lock at most; raises ShopBusy after that."""
    try:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in BUSY_STATES:
            raise ShopBusy from error
        raise


def lock_basket(*, basket_id: int) -> Basket:
    """Lock a basket; whoever submits or changes it at the same time waits."""
    return Basket.objects.select_for_update().get(pk=basket_id)


def share_lock_shelf(*, listing_ids: Iterable[int]) -> None:
    """Keep certificates, listings and producers of these listings as they are until this transaction ends.

    Shared, so buyers do not queue behind each other; suspending, revoking and hiding take the exclusive lock and
    wait, or make this wait and be read as stopped. Django's select_for_update has no FOR SHARE, hence the SQL.
    Each of them has a gate before its row lock, so that in a rush whoever changes one comes to its turn.
    """
    ids = sorted(set(listing_ids))
    behind = list(Listing.objects.filter(pk__in=ids).values_list("certificate_id", "producer_id"))
    certificates = [certificate_id for certificate_id, _ in behind if certificate_id is not None]
    producers = [producer_id for _, producer_id in behind]
    pass_gates_in_order(gates=[(CERTIFICATE_GATE, certificates), (PRODUCER_GATE, producers), (SHELF_GATE, ids)])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM certificates_certificate WHERE id IN "
            "(SELECT certificate_id FROM listings_listing WHERE id = ANY(%s)) ORDER BY id FOR SHARE",
            [ids],
        )
        cursor.execute("SELECT id FROM listings_listing WHERE id = ANY(%s) ORDER BY id FOR SHARE", [ids])
        cursor.execute(
            "SELECT producer_id FROM producers_producerprofile WHERE producer_id IN "
            "(SELECT producer_id FROM listings_listing WHERE id = ANY(%s)) ORDER BY producer_id FOR SHARE",
            [ids],
        )


def lock_order_of_parcel(*, parcel_id: int) -> tuple[Order, Payment | None, Parcel]:
    """Lock a parcel with everything above it; returns order, its deciding payment and the parcel as they are now."""
    order_id = Parcel.objects.values_list("order_id", flat=True).get(pk=parcel_id)
    order, payment = lock_order(order_id=order_id)
    parcel = Parcel.objects.select_for_update().get(pk=parcel_id)
    parcel.order = order
    return order, payment, parcel


def lock_order(*, order_id: int) -> tuple[Order, Payment | None]:
    """Lock an order and its attempts; returns the order and the attempt that decides about its money."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    attempts = list(Payment.objects.select_for_update(of=("self",)).filter(order=order).order_by("pk"))
    return order, deciding_payment(attempts=attempts)


def lock_order_of_payment(*, payment_id: int) -> tuple[Order, Payment]:
    """Lock an order, then this attempt to pay it, which need not be its last."""
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    return order, Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
