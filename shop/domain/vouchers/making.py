"""Vouchers are made by the office or by a producer, changed while nobody used them, and stopped for good."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction

from catalogue_ext.models import Product
from shop.common.clock import SHOP_TIME_ZONE
from shop.common.gates import shut_gates
from shop.domain.audit_log.recording import Subject, record
from shop.domain.listings.own_listing import ProducerStopped
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile

from .codes import clean_code, is_code
from .models import MOST_PERCENT, Redemption, Voucher
from .using import GATE

S, F = Voucher.Scope, Voucher.Funder


class Flaw(StrEnum):
    """What is wrong with a voucher somebody asks for."""

    CODE_FORM = "code_form"
    CODE_TAKEN = "code_taken"
    NAME_MISSING = "name_missing"
    VALUE_MISSING = "value_missing"
    TWO_VALUES = "two_values"
    PERCENT_RANGE = "percent_range"
    CAP_WITHOUT_PERCENT = "cap_without_percent"
    STARTS_IN_THE_PAST = "starts_in_the_past"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    LIMIT_RANGE = "limit_range"
    TARGET_MISSING = "target_missing"
    FOREIGN_PRODUCT = "foreign_product"


class VoucherFlawed(Exception):
    """The voucher cannot be as asked; `flaws` says what is wrong by field."""

    def __init__(self, flaws: dict[str, Flaw]) -> None:
        self.flaws = flaws
        super().__init__(flaws)


class VoucherUsed(Exception):
    """Somebody used the voucher: its terms stay as they were promised."""


class VoucherStopped(Exception):
    """The voucher was stopped before."""


@dataclass(frozen=True)
class VoucherWanted:
    """A voucher as somebody asks for it; what does not belong to its scope is left out."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    funder: str = F.PLATFORM
    scope: str = S.ALL
    producer_id: int | None = None
    category_id: int | None = None
    product_ids: Collection[int] = field(default_factory=tuple)
    amount_vnd: int | None = None
    percent: int | None = None
    cap_vnd: int | None = None
    minimum_goods_vnd: int = 0
    limit_total: int | None = None
    limit_per_buyer: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        is_tied = self.scope == S.PRODUCER or self.funder == F.PRODUCER
        return {
            "code": clean_code(self.code),
            "name": self.name.strip(),
            "funder": self.funder,
            "scope": self.scope,
            "producer_id": self.producer_id if is_tied else None,
            "category_id": self.category_id if self.scope == S.CATEGORY else None,
            "amount_vnd": self.amount_vnd,
            "percent": self.percent,
            "cap_vnd": self.cap_vnd,
            "minimum_goods_vnd": self.minimum_goods_vnd,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "limit_total": self.limit_total,
            "limit_per_buyer": self.limit_per_buyer,
        }

    @property
    def chosen_products(self) -> list[int]:
        return sorted(set(self.product_ids)) if self.scope == S.PROGRAMME else []


@transaction.atomic
def make_voucher(*, wanted: VoucherWanted, actor: Actor, now: datetime) -> Voucher:
    """Make a voucher. Raises VoucherFlawed, or ProducerStopped for a producer the office stopped."""
    _forbid_stopped(wanted)
    _check(wanted, today=now.astimezone(SHOP_TIME_ZONE).date(), present=None)
    voucher = _save(Voucher(**wanted.values, created_at=now, created_by_id=actor.user_id))
    voucher.products.set(wanted.chosen_products)
    record(actor=actor, action="voucher.made", subject=subject_of(voucher), now=now, new=_told(wanted))
    return voucher


@transaction.atomic
def edit_voucher(*, voucher_id: int, wanted: VoucherWanted, actor: Actor, now: datetime) -> Voucher:
    """Change a voucher nobody used. Raises VoucherFlawed, VoucherUsed, VoucherStopped, ProducerStopped."""
    voucher = _lock(voucher_id)
    _forbid_stopped(wanted)
    if Redemption.objects.filter(voucher=voucher).exists():
        raise VoucherUsed(voucher_id)
    _check(wanted, today=now.astimezone(SHOP_TIME_ZONE).date(), present=voucher)
    old = {name: getattr(voucher, name) for name in wanted.values}
    for name, value in wanted.values.items():
        setattr(voucher, name, value)
    _save(voucher)
    voucher.products.set(wanted.chosen_products)
    changed = {name for name, value in wanted.values.items() if old[name] != value}
    record(
        actor=actor,
        action="voucher.edited",
        subject=subject_of(voucher),
        now=now,
        old={name: old[name] for name in sorted(changed)},
        new={name: value for name, value in _told(wanted).items() if name in {*changed, "products"}},
    )
    return voucher


@transaction.atomic
def stop_voucher(*, voucher_id: int, actor: Actor, now: datetime) -> Voucher:
    """Let nobody use a voucher any more; orders that have it keep it. Raises VoucherStopped."""
    voucher = _lock(voucher_id)
    voucher.stopped_at = now
    voucher.save(update_fields=["stopped_at"])
    record(actor=actor, action="voucher.stopped", subject=subject_of(voucher), now=now)
    return voucher


def subject_of(voucher: Voucher) -> Subject:
    """How the audit log names a voucher."""
    return Subject("voucher", voucher.pk, voucher.code, producer_id=voucher.producer_id)


def _save(voucher: Voucher) -> Voucher:
    try:
        with transaction.atomic():
            voucher.save()
    except IntegrityError as error:
        # Anything but a repeated code is a broken promise and must be seen.
        if not Voucher.objects.filter(code=voucher.code).exclude(pk=voucher.pk).exists():
            raise
        raise VoucherFlawed({"code": Flaw.CODE_TAKEN}) from error
    return voucher


def _lock(voucher_id: int) -> Voucher:
    """Wait for orders that are using it, and let none begin."""
    shut_gates(kind=GATE, ids=[voucher_id])
    voucher = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher_id)
    if voucher.stopped_at is not None:
        raise VoucherStopped(voucher_id)
    return voucher


def _forbid_stopped(wanted: VoucherWanted) -> None:
    if wanted.funder == F.PRODUCER and ProducerProfile.objects.get(pk=wanted.producer_id).is_stopped:
        raise ProducerStopped(wanted.producer_id)


def find_flaws(*, wanted: VoucherWanted, today: date, present: Voucher | None = None) -> dict[str, Flaw]:
    """What is wrong with a voucher, by field; `present` is the one it would change."""
    flaws = {**_value_flaws(wanted), **_time_flaws(wanted, today, present), **_target_flaws(wanted)}
    code = clean_code(wanted.code)
    if not is_code(code):
        flaws["code"] = Flaw.CODE_FORM
    elif Voucher.objects.filter(code=code).exclude(pk=present.pk if present else None).exists():
        flaws["code"] = Flaw.CODE_TAKEN
    if not wanted.name.strip():
        flaws["name"] = Flaw.NAME_MISSING
    return flaws


def _check(wanted: VoucherWanted, *, today: date, present: Voucher | None) -> None:
    flaws = find_flaws(wanted=wanted, today=today, present=present)
    if flaws:
        raise VoucherFlawed(flaws)


def _value_flaws(wanted: VoucherWanted) -> dict[str, Flaw]:
    flaws: dict[str, Flaw] = {}
    if wanted.amount_vnd is None and wanted.percent is None:
        flaws["amount_vnd"] = Flaw.VALUE_MISSING
    elif wanted.amount_vnd is not None and wanted.percent is not None:
        flaws["percent"] = Flaw.TWO_VALUES
    elif wanted.percent is not None and not 1 <= wanted.percent <= MOST_PERCENT:
        flaws["percent"] = Flaw.PERCENT_RANGE
    elif wanted.amount_vnd is not None and wanted.amount_vnd < 1:
        flaws["amount_vnd"] = Flaw.VALUE_MISSING
    if wanted.cap_vnd is not None and (wanted.percent is None or wanted.cap_vnd < 1):
        flaws["cap_vnd"] = Flaw.CAP_WITHOUT_PERCENT
    for name in ("limit_total", "limit_per_buyer"):
        limit = getattr(wanted, name)
        if limit is not None and limit < 1:
            flaws[name] = Flaw.LIMIT_RANGE
    return flaws


def _time_flaws(wanted: VoucherWanted, today: date, present: Voucher | None) -> dict[str, Flaw]:
    begins_as_before = present is not None and wanted.starts_on == present.starts_on
    if wanted.starts_on < today and not begins_as_before:
        return {"starts_on": Flaw.STARTS_IN_THE_PAST}
    return {"ends_on": Flaw.ENDS_BEFORE_IT_BEGINS} if wanted.ends_on < max(wanted.starts_on, today) else {}


def _target_flaws(wanted: VoucherWanted) -> dict[str, Flaw]:
    if wanted.scope == S.PRODUCER and wanted.producer_id is None:
        return {"producer": Flaw.TARGET_MISSING}
    if wanted.scope == S.CATEGORY and wanted.category_id is None:
        return {"category": Flaw.TARGET_MISSING}
    if wanted.scope == S.PROGRAMME and not wanted.chosen_products:
        return {"products": Flaw.TARGET_MISSING}
    known = Product.objects.filter(pk__in=wanted.chosen_products)
    if wanted.funder == F.PRODUCER:
        known = known.filter(listing__producer=wanted.producer_id)
    return {} if known.count() == len(wanted.chosen_products) else {"products": Flaw.FOREIGN_PRODUCT}


def _told(wanted: VoucherWanted) -> dict[str, Any]:
    told = {name: value for name, value in wanted.values.items() if value not in {None, ""} and name != "code"}
    return told | ({"products": wanted.chosen_products} if wanted.chosen_products else {})
