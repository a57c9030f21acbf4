"""Rows of the room of books, ready for templates that do no sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from catalogue_ext.models import Product
from catalogue_ext.search.searching import matching, read_words
from shop.domain.ledger.auditing import last_audit, payout_stop
from shop.domain.ledger.models import CommissionRule, TaxRate, VatChange
from shop.domain.ledger.models.rates import DatedRow
from shop.domain.ledger.posting import balances_by_kind

from .words import ACCOUNTS, ACTIVITIES, CARRIED_OUT, IN_FORCE, LEGAL_FORMS, OVER, SCOPES, STOPS, TAKEN_BACK, TO_COME, VAT_CLASSES

MOST_FOUND = 30


@dataclass(frozen=True)
class Standing:
    """Where a dated row stands on a day, in a word and a colour."""

    text: str | Promise
    kind: str
    is_open: bool


@dataclass(frozen=True)
class RateRow:
    """A rule or a rate with what it is called; `target` is a name of data, Vietnamese on every page."""

    row: Any
    title: str | Promise
    target: str
    standing: Standing


def audit_context(*, now: datetime) -> dict[str, Any]:
    """The last look at the invariants, and what it means for payouts."""
    stop = payout_stop(now=now)
    return {"audit": last_audit(), "stop": STOPS[stop] if stop else ""}


def account_rows() -> list[tuple[str | Promise, int]]:
    """Every kind of account with what all of its kind hold together."""
    balances = balances_by_kind()
    return [(text, balances.get(kind, 0)) for kind, text in ACCOUNTS.items()]


def rule_rows(rules: Iterable[CommissionRule], *, today: date) -> list[RateRow]:
    """Commission rules in words."""
    return [RateRow(rule, SCOPES[rule.scope], _target_of(rule), standing_of(rule, today=today)) for rule in rules]


def rate_rows(rates: Iterable[TaxRate], *, today: date) -> list[RateRow]:
    """Tax rates in words; one that a newer one follows is over when that begins."""
    rows, followed_on = [], {}
    for rate in sorted(rates, key=lambda rate: (rate.starts_on, rate.pk), reverse=True):
        place = (rate.legal_form, rate.activity)
        was_taken_back = rate.ends_on is not None and rate.ends_on < rate.starts_on
        follower = None if was_taken_back else followed_on.get(place)
        standing = standing_of(rate, today=today, followed_on=follower)
        rows.append(RateRow(rate, LEGAL_FORMS[rate.legal_form], str(ACTIVITIES[rate.activity]), standing))
        if not was_taken_back:
            followed_on[place] = rate.starts_on
    return rows


def vat_rows(changes: Iterable[VatChange]) -> list[RateRow]:
    """Changes of VAT classes in words: the new class, and of what."""
    return [
        RateRow(
            change,
            VAT_CLASSES[change.to_class],
            change.product.title if change.product else "",
            _standing_of_change(change),
        )
        for change in changes
    ]


def class_counts() -> list[tuple[Any, int]]:
    """How many products (packs not counted by themselves) are in each VAT class."""
    counted = dict(_products().values_list("vat_class").annotate(number=Count("pk")).order_by())
    return [(text, counted.get(name, 0)) for name, text in VAT_CLASSES.items()]


def class_rows(words: str) -> list[tuple[Product, Any]]:
    """Products that are called so, or have this UPC, with their class in words."""
    typed = read_words(words)
    named = Q(upc=words) | matching(typed) if typed else Q(upc=words)
    found = _products().filter(named).select_related("listing__producer").order_by("title", "pk")[:MOST_FOUND]
    return [(product, VAT_CLASSES[product.vat_class]) for product in found]


def _products() -> QuerySet[Product]:
    return Product.objects.exclude(structure=Product.CHILD)


def _standing_of_change(change: VatChange) -> Standing:
    if change.applied_at is not None:
        return Standing(CARRIED_OUT, "ok", is_open=False)
    if change.ends_on is not None:
        return Standing(TAKEN_BACK, "", is_open=False)
    return Standing(TO_COME, "wrn", is_open=True)


def standing_of(row: DatedRow, *, today: date, followed_on: date | None = None) -> Standing:
    """Say whether a row is in force, was, will be or never was."""
    if row.ends_on is not None and row.ends_on < row.starts_on:
        return Standing(TAKEN_BACK, "", is_open=False)
    if row.starts_on > today:
        return Standing(TO_COME, "wrn", is_open=True)
    if (row.ends_on is not None and row.ends_on < today) or (followed_on is not None and followed_on <= today):
        return Standing(OVER, "", is_open=False)
    return Standing(IN_FORCE, "ok", is_open=True)


def _target_of(rule: CommissionRule) -> str:
    named = [rule.producer.name if rule.producer else "", rule.category.name if rule.category else ""]
    named.append(rule.product.title if rule.product else "")
    return " · ".join(text for text in [rule.name, *named] if text)
