"""Uses of a voucher: counted behind a gate, written with their order, given back with it.

A voucher with a limit in total lets one order through at a time; one with a limit per buyer one order of each buyer; all
others let everybody pass together. Whoever edits or stops a voucher shuts its gate. Gates are taken after the basket and
before certificates and listings, so the order of locks is the one of `ordering.locking`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db.models import Q

from shop.common.gates import pass_gates, shut_gates
from shop.domain.people.models import User
from shop.oscar_forks.order.models import Order

from .codes import is_code
from .dividing import Discount
from .models import Redemption, Voucher

GATE = "voucher"
BUYER_GATE = "voucher_buyer"


@dataclass(frozen=True)
class Buyer:
    """Who uses a voucher: an account, or a guest with a phone in E.164."""

    user_id: int | None = None
    phone: str = ""


@dataclass(frozen=True)
class _Person:
    """A buyer with every account and phone that is known to be theirs."""

    user_ids: frozenset[int]
    phone: str

    @property
    def names(self) -> Iterator[str]:
        yield from (f"user {pk}" for pk in self.user_ids)
        if self.phone:
            yield f"phone {self.phone}"


def hold_voucher(*, code: str, buyer: Buyer) -> None:
    """Keep the voucher of a cleaned code, and the count of its uses, as they are until this transaction ends."""
    seen = Voucher.objects.filter(code=code).first() if is_code(code) else None
    if seen is None:
        return
    _take_gates(seen, buyer)
    now_held = Voucher.objects.get(pk=seen.pk)
    if (now_held.limit_total, now_held.limit_per_buyer) != (seen.limit_total, seen.limit_per_buyer):
        # Edited between the look and the gate; behind the gate it stays.
        _take_gates(now_held, buyer)


def is_used_up(*, voucher: Voucher) -> bool:
    """Whether as many living orders hold this voucher as may."""
    if voucher.limit_total is None:
        return False
    return Redemption.objects.filter(voucher=voucher, is_live=True).count() >= voucher.limit_total


def is_used_up_by(*, voucher: Voucher, buyer: Buyer) -> bool:
    """Whether a buyer had it as often as one may: with the account, or as a guest with the same phone."""
    if voucher.limit_per_buyer is None:
        return False
    person = _person(buyer)
    own = Q(user_id__in=person.user_ids)
    if person.phone:
        own |= Q(user=None, buyer_phone=person.phone)
    orders = Order.objects.filter(own).values("pk")
    return Redemption.objects.filter(voucher=voucher, is_live=True, order__in=orders).count() >= voucher.limit_per_buyer


def redeem(*, discount: Discount, order: Order, now: datetime) -> Redemption:
    """Write down that an order uses a voucher that its transaction holds."""
    return Redemption.objects.create(voucher=discount.voucher, order=order, discount_vnd=discount.total_vnd, redeemed_at=now)


def give_back(*, order_id: int) -> None:
    """Nothing of an order lives any more: somebody else may use what it used. Doing it again does nothing."""
    Redemption.objects.filter(order=order_id, is_live=True).update(is_live=False)


def hold_voucher_of(*, order: Order) -> None:
    """Keep the voucher of an order that may live again, as `hold_voucher` does for a new one."""
    voucher = Voucher.objects.filter(redemptions__order=order).first()
    if voucher is not None:
        hold_voucher(code=voucher.code, buyer=Buyer(order.user_id, order.buyer_phone))


def take_again(*, order: Order) -> bool:
    """Let an order that lives again have its voucher again; False when others used it up meanwhile."""
    given = Redemption.objects.select_related("voucher").filter(order=order, is_live=False).first()
    if given is None:
        return True
    voucher, buyer = given.voucher, Buyer(order.user_id, order.buyer_phone)
    if is_used_up(voucher=voucher) or is_used_up_by(voucher=voucher, buyer=buyer):
        return False
    given.is_live = True
    given.save(update_fields=["is_live"])
    return True


def _take_gates(voucher: Voucher, buyer: Buyer) -> None:
    gate = pass_gates if voucher.limit_total is None else shut_gates
    gate(kind=GATE, ids=[voucher.pk])
    if voucher.limit_per_buyer is not None:
        shut_gates(kind=BUYER_GATE, ids=[crc32(f"{voucher.pk} {name}".encode()) for name in _person(buyer).names])


def _person(buyer: Buyer) -> _Person:
    """An account brings its confirmed phone, a guest's phone the account that confirmed it."""
    if buyer.user_id is not None:
        phone = User.objects.filter(pk=buyer.user_id, phone_verified=True).values_list("phone", flat=True).first()
        return _Person(frozenset({buyer.user_id}), phone or "")
    accounts = User.objects.filter(phone=buyer.phone, phone_verified=True) if buyer.phone else User.objects.none()
    return _Person(frozenset(accounts.values_list("pk", flat=True)), buyer.phone)
