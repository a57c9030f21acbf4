"""Order first: one transaction promises the stock, writes the order and posts the messages; nothing else is in it.

A key per rendered form makes the second press of the button harmless; the basket, its prices, certificates and
listings are read again under their locks; a loser in a rush costs one UPDATE.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shop.common.gates import pass_gates
from shop.common.places.models import Commune
from shop.domain.payments.provider import PaymentProvider, PaymentRefused
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.erased import PERSON_GATE
from shop.domain.people.models import User
from shop.domain.stock.allocating import SoldOut, allocate_stock
from shop.domain.vouchers.codes import clean_code
from shop.domain.vouchers.judging import Refusal, VoucherRefused
from shop.domain.vouchers.using import hold_voucher
from shop.oscar_forks.basket.models import Basket, Line
from shop.oscar_forks.order.models import Order

from .basket_reading import LineProblem
from .locking import ShopBusy, busy_instead_of_waiting, lock_basket, share_lock_shelf
from .messages import tell_order_placed
from .models import CheckoutAttempt
from .phone_codes import is_right_code, needs_no_code
from .previewing import OrderPreview, facts_of, preview_order
from .requesting import OrderRequest
from .unpaid_holds import check_unpaid_orders
from .writing import Placement, write_order

# Nothing was written, so waiting once more is safe; whoever still waits then is asked to press again.
RETRIES_WHEN_BUSY = 1


class PreviewChanged(Exception):
    """What was on the page is no longer what would be ordered: the page is shown again, as it is now."""

    def __init__(self, preview: OrderPreview) -> None:
        self.preview = preview
        super().__init__(preview.hash)


class AgeNotDeclared(Exception):
    """There is alcohol in the basket (perhaps since a moment ago), and the buyer did not say to be at least eighteen."""


class BasketClosed(Exception):
    """The basket is empty, or it went away and no order came of it."""


class AccountClosed(BasketClosed):
    """The account was closed or erased while its order form was open; nothing is ordered in its name any more."""


class AttemptOfAnotherBasket(Exception):
    """A key belongs to the basket for which its form was rendered."""


class UnknownPaymentMethod(Exception):
    """The form names a way to pay that this shop does not have."""


@dataclass(frozen=True)
class PlacedOrder:
    """The order of an attempt; `is_new` is false when it had been placed before."""

    order: Order
    is_new: bool


def place_order(*, attempt_key: UUID, basket_id: int, request: OrderRequest, preview_hash: str, now: datetime) -> PlacedOrder:
    """Place the order of a basket, or return the one that is already there.

    Raises PreviewChanged, AgeNotDeclared, VoucherRefused, BasketClosed, PaymentRefused, TooManyUnpaid or ShopBusy; then
    nothing was written.
    """
    if request.payment_method not in PROVIDERS:
        raise UnknownPaymentMethod(request.payment_method)
    press = _Press(attempt_key, basket_id, request, preview_hash, now)
    for _ in range(RETRIES_WHEN_BUSY):
        with suppress(ShopBusy):
            return _place_once(press)
    return _place_once(press)


@dataclass(frozen=True)
class _Press:
    """One press of the order button."""

    key: UUID
    basket_id: int
    request: OrderRequest
    preview_hash: str
    now: datetime


def _place_once(press: _Press) -> PlacedOrder:
    with busy_instead_of_waiting():
        _stay_with_account(press.request.user_id)
        basket = lock_basket(basket_id=press.basket_id)
        placed = Order.objects.filter(basket_id=press.basket_id).first()
        if placed is not None:
            return PlacedOrder(placed, is_new=False)
        if basket.status != Basket.OPEN:
            raise BasketClosed(press.basket_id)
        attempt = _lock_attempt(press.key, press.basket_id, press.request, press.preview_hash, press.now)
        if attempt.order is not None:
            return PlacedOrder(attempt.order, is_new=False)
        preview = _preview_under_locks(press.basket_id, press.request, press.now)
        provider = PROVIDERS[press.request.payment_method]
        _check_order(preview, press, provider)
        _allocate(preview)
        order = write_order(placement=Placement(press.basket_id, press.request, preview, provider, press.now))
        _close(basket, attempt, order, press.now)
        tell_order_placed(order=order, now=press.now)
    return PlacedOrder(order, is_new=True)


def _stay_with_account(user_id: int | None) -> None:
    """Keep the account from being erased until the order is written, or find it erased: never both.

    Buyers of one account pass together; erasing it shuts the gate first, before it looks for open orders.
    """
    if user_id is None:
        return
    pass_gates(kind=PERSON_GATE, ids=[user_id])
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise AccountClosed(user_id)


def _lock_attempt(key: UUID, basket_id: int, request: OrderRequest, preview_hash: str, now: datetime) -> CheckoutAttempt:
    # INSERT … ON CONFLICT DO NOTHING waits for another insert of the same key, then leaves its row alone.
    CheckoutAttempt.objects.bulk_create(
        [CheckoutAttempt(key=key, basket_id=basket_id, request_hash=request.hash, preview_hash=preview_hash, created_at=now)],
        ignore_conflicts=True,
    )
    attempt = CheckoutAttempt.objects.select_for_update().get(key=key)
    if attempt.basket_id != basket_id:
        raise AttemptOfAnotherBasket(key)
    return attempt


def _preview_under_locks(basket_id: int, request: OrderRequest, now: datetime) -> OrderPreview:
    if request.asking is not None:
        hold_voucher(code=clean_code(request.voucher_code), buyer=request.asking.buyer)
    share_lock_shelf(listing_ids=Line.objects.filter(basket_id=basket_id).values_list("stockrecord__listing_id", flat=True))
    return preview_order(
        basket_id=basket_id,
        commune_code=request.commune_code,
        services=request.services,
        asking=request.asking,
        today=now.date(),
        is_adult=request.declares_adult,
    )


def _check_order(preview: OrderPreview, press: _Press, provider: PaymentProvider) -> None:
    request = press.request
    if not preview.parcels:
        raise BasketClosed
    if preview.commune is None:
        raise Commune.DoesNotExist(request.commune_code)
    if any(line.problem == LineProblem.ALCOHOL for line in preview.lines):
        raise AgeNotDeclared
    if preview.can_be_ordered and preview.voucher_refusal is not None:
        raise preview.voucher_refusal
    if not preview.can_be_ordered or preview.hash != press.preview_hash:
        raise PreviewChanged(preview)
    is_confirmed = _phone_is_confirmed(press)
    _check_guest(preview, request, is_confirmed=is_confirmed)
    facts = facts_of(preview, buyer_phone=request.buyer_phone, phone_is_confirmed=is_confirmed)
    refusal = provider.refuse_order(order=facts)
    if refusal is not None:
        raise PaymentRefused(refusal)
    if provider.is_paid_before_packing:
        check_unpaid_orders(phone=request.buyer_phone, network_key=request.network_key)


def _check_guest(preview: OrderPreview, request: OrderRequest, *, is_confirmed: bool) -> None:
    """A voucher so many times for each buyer knows a guest by a phone that answers; a typed one could be anybody's."""
    voucher = preview.discount.voucher if preview.discount else None
    if voucher is not None and voucher.limit_per_buyer is not None and request.user_id is None and not is_confirmed:
        raise VoucherRefused(Refusal.PHONE_UNCONFIRMED, voucher=voucher)


def _phone_is_confirmed(press: _Press) -> bool:
    phone, request = press.request.buyer_phone, press.request
    return needs_no_code(phone=phone, user_id=request.user_id) or is_right_code(
        basket_id=press.basket_id, phone=phone, code=request.phone_code, now=press.now
    )


def _allocate(preview: OrderPreview) -> None:
    quantities: dict[int, int] = {}
    for line in preview.lines:
        quantities[line.stock_record.pk] = quantities.get(line.stock_record.pk, 0) + line.quantity
    try:
        allocate_stock(quantities=quantities)
    except SoldOut as error:
        # Somebody was faster since the preview was read a moment ago.
        raise PreviewChanged(preview) from error


def _close(basket: Basket, attempt: CheckoutAttempt, order: Order, now: datetime) -> None:
    basket.status = Basket.SUBMITTED
    basket.date_submitted = now
    basket.save(update_fields=["status", "date_submitted"])
    attempt.state = CheckoutAttempt.State.PLACED
    attempt.order = order
    attempt.save(update_fields=["state", "order"])
