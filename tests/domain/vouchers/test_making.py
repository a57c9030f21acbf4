"""What a voucher may be, what of it can be changed, and what the log says of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.listings.own_listing import ProducerStopped
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.domain.vouchers.making import (
    Flaw,
    VoucherFlawed,
    VoucherStopped,
    VoucherUsed,
    VoucherWanted,
    edit_voucher,
    find_flaws,
    make_voucher,
    stop_voucher,
)
from shop.domain.vouchers.models import MOST_PERCENT, Voucher
from tests.factories import make_listing, make_officer, make_producer
from tests.factories.vouchers import make_voucher as make_default
from tests.factories.vouchers import order_with

pytestmark = pytest.mark.django_db
NOW = clock.now()
TODAY = clock.today()
DAY = timedelta(days=1)
WANTED = VoucherWanted(code="tết 2026", name=" Tết ", starts_on=TODAY, ends_on=TODAY + DAY, amount_vnd=50_000)
S, F = Voucher.Scope, Voucher.Funder


def make(wanted=WANTED, actor=SYSTEM):
    return make_voucher(wanted=wanted, actor=actor, now=NOW)


def edit(voucher, actor=SYSTEM, **changes):
    return edit_voucher(voucher_id=voucher.pk, wanted=replace(WANTED, **changes), actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("changes", "flaws"),
    [
        ({}, {}),
        ({"code": "abc"}, {"code": Flaw.CODE_FORM}),
        ({"name": "  "}, {"name": Flaw.NAME_MISSING}),
        ({"amount_vnd": None}, {"amount_vnd": Flaw.VALUE_MISSING}),
        ({"amount_vnd": 0}, {"amount_vnd": Flaw.VALUE_MISSING}),
        ({"amount_vnd": 1}, {}),
        ({"percent": 5}, {"percent": Flaw.TWO_VALUES}),
        ({"amount_vnd": None, "percent": 0}, {"percent": Flaw.PERCENT_RANGE}),
        ({"amount_vnd": None, "percent": 1}, {}),
        ({"amount_vnd": None, "percent": MOST_PERCENT}, {}),
        ({"amount_vnd": None, "percent": MOST_PERCENT + 1}, {"percent": Flaw.PERCENT_RANGE}),
        ({"amount_vnd": None, "percent": 5, "cap_vnd": 1}, {}),
        ({"amount_vnd": None, "percent": 5, "cap_vnd": 0}, {"cap_vnd": Flaw.CAP_WITHOUT_PERCENT}),
        ({"cap_vnd": 1_000}, {"cap_vnd": Flaw.CAP_WITHOUT_PERCENT}),
        ({"limit_total": 0}, {"limit_total": Flaw.LIMIT_RANGE}),
        ({"limit_total": 1, "limit_per_buyer": 1}, {}),
        ({"limit_per_buyer": 0}, {"limit_per_buyer": Flaw.LIMIT_RANGE}),
        ({"starts_on": TODAY - DAY}, {"starts_on": Flaw.STARTS_IN_THE_PAST}),
        ({"ends_on": TODAY}, {}),
        ({"ends_on": TODAY - DAY}, {"ends_on": Flaw.ENDS_BEFORE_IT_BEGINS}),
        ({"starts_on": TODAY + DAY * 2}, {"ends_on": Flaw.ENDS_BEFORE_IT_BEGINS}),
        ({"scope": S.PRODUCER}, {"producer": Flaw.TARGET_MISSING}),
        ({"scope": S.CATEGORY}, {"category": Flaw.TARGET_MISSING}),
        ({"scope": S.PROGRAMME}, {"products": Flaw.TARGET_MISSING}),
        ({"scope": S.PROGRAMME, "product_ids": [987654321]}, {"products": Flaw.FOREIGN_PRODUCT}),
        ({"product_ids": [987654321]}, {}),
    ],
)
def test_each_flaw_stands_at_its_field(changes, flaws):
    assert find_flaws(wanted=replace(WANTED, **changes), today=TODAY) == flaws


def test_a_code_belongs_to_one_voucher():
    made, other = make(), make(replace(WANTED, code="XUAN2026"))

    assert find_flaws(wanted=WANTED, today=TODAY) == {"code": Flaw.CODE_TAKEN}
    assert find_flaws(wanted=WANTED, today=TODAY, present=other) == {"code": Flaw.CODE_TAKEN}
    assert find_flaws(wanted=WANTED, today=TODAY, present=made) == {}
    with pytest.raises(VoucherFlawed) as flawed:
        make()
    assert flawed.value.flaws == {"code": Flaw.CODE_TAKEN}


def test_a_voucher_that_has_begun_may_keep_its_first_day_and_not_take_another_past_one():
    made = make()

    assert find_flaws(wanted=WANTED, today=TODAY + DAY, present=made) == {}
    begun_before = replace(WANTED, starts_on=TODAY - DAY)
    assert find_flaws(wanted=begun_before, today=TODAY, present=made) == {"starts_on": Flaw.STARTS_IN_THE_PAST}
    assert find_flaws(wanted=WANTED, today=TODAY + DAY * 2, present=made) == {"ends_on": Flaw.ENDS_BEFORE_IT_BEGINS}


def test_a_producer_gives_away_its_own_goods_only():
    own, foreign = make_listing(), make_listing("Mật ong", producer=make_producer("HTX Ong"))
    wanted = replace(WANTED, funder=F.PRODUCER, scope=S.PROGRAMME, producer_id=own.producer_id, product_ids=[own.product_id])

    assert find_flaws(wanted=wanted, today=TODAY) == {}
    both = replace(wanted, product_ids=[own.product_id, foreign.product_id])
    assert find_flaws(wanted=both, today=TODAY) == {"products": Flaw.FOREIGN_PRODUCT}
    assert find_flaws(wanted=replace(both, funder=F.PLATFORM), today=TODAY) == {}


@pytest.mark.parametrize(
    ("scope", "funder", "kept"),
    [
        (S.ALL, F.PLATFORM, (False, False, False)),
        (S.ALL, F.PRODUCER, (True, False, False)),
        (S.PRODUCER, F.PLATFORM, (True, False, False)),
        (S.CATEGORY, F.PLATFORM, (False, True, False)),
        (S.PROGRAMME, F.PLATFORM, (False, False, True)),
    ],
)
def test_what_does_not_belong_to_a_scope_is_left_out(scope, funder, kept):
    wanted = replace(WANTED, scope=scope, funder=funder, producer_id=3, category_id=4, product_ids=[6, 5, 6])

    named = (wanted.values["producer_id"], wanted.values["category_id"], wanted.chosen_products)
    assert named == (3 if kept[0] else None, 4 if kept[1] else None, [5, 6] if kept[2] else [])


def test_a_made_voucher_says_what_was_asked_for_and_by_whom():
    officer, listing = actor_of(user=make_officer()), make_listing()
    wanted = replace(WANTED, scope=S.PROGRAMME, product_ids=[listing.product_id], limit_total=5)

    made = Voucher.objects.get(pk=make(wanted, officer).pk)

    assert (made.code, made.name, made.amount_vnd, made.limit_total, made.limit_per_buyer) == ("TET2026", "Tết", 50_000, 5, None)
    assert (made.created_at, made.created_by_id, list(made.products.all())) == (NOW, officer.user_id, [listing.product])
    entry = AuditEntry.objects.get(action="voucher.made")
    assert (entry.object_type, entry.object_id, entry.label, entry.actor_id) == (
        "voucher",
        str(made.pk),
        "TET2026",
        officer.user_id,
    )
    new = entry.detail["new"]
    assert (new["products"], new["limit_total"], new["amount_vnd"]) == ([listing.product_id], 5, 50_000)
    assert not {"code", "percent", "limit_per_buyer"} & set(new)


def test_a_change_is_told_by_what_it_changed_and_touches_no_other():
    officer = actor_of(user=make_officer())
    made, other = make(), make(replace(WANTED, code="XUAN2026"))

    changed = edit(made, officer, amount_vnd=None, percent=5, name="Tết")

    made.refresh_from_db()
    other.refresh_from_db()
    assert (changed, made.amount_vnd, made.percent, other.amount_vnd) == (made, None, 5, 50_000)
    entry = AuditEntry.objects.get(action="voucher.edited")
    assert (entry.actor_id, entry.detail["old"], entry.detail["new"]) == (
        officer.user_id,
        {"amount_vnd": 50_000, "percent": None},
        {"percent": 5},
    )


def test_what_was_used_stays_as_it_was_promised():
    used, free = make_default("CHAO2026"), make()
    order_with("CHAO2026", (make_listing(), 1))

    with pytest.raises(VoucherUsed):
        edit(used, code="CHAO2026")
    assert edit(free, name="Xuân").name == "Xuân"


def test_a_stopped_voucher_is_neither_changed_nor_stopped_again():
    officer = actor_of(user=make_officer())
    made, other = make(), make(replace(WANTED, code="XUAN2026"))

    assert stop_voucher(voucher_id=made.pk, actor=officer, now=NOW).stopped_at == NOW
    for act in (lambda: edit(made), lambda: stop_voucher(voucher_id=made.pk, actor=officer, now=NOW + DAY)):
        with pytest.raises(VoucherStopped):
            act()

    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.stopped_at, other.stopped_at) == (NOW, None)
    entry = AuditEntry.objects.get(action="voucher.stopped")
    assert (entry.object_id, entry.actor_id, entry.at) == (str(made.pk), officer.user_id, NOW)


def test_a_stopped_producer_makes_and_changes_none():
    producer = make_producer()
    own = replace(WANTED, funder=F.PRODUCER, scope=S.PRODUCER, producer_id=producer.pk)
    made = make(own)
    producer.profile.status = "suspended"
    producer.profile.save()

    with pytest.raises(ProducerStopped):
        make(replace(own, code="XUAN2026"))
    with pytest.raises(ProducerStopped):
        edit_voucher(voucher_id=made.pk, wanted=own, actor=SYSTEM, now=NOW)
    assert make(replace(WANTED, code="XUAN2026", scope=S.PRODUCER, producer_id=producer.pk)).producer_id == producer.pk


def test_two_who_take_one_code_at_once_are_told_so(monkeypatch):
    make()
    monkeypatch.setattr("shop.domain.vouchers.making._check", lambda *_wanted, **_more: None)

    with pytest.raises(VoucherFlawed) as flawed:
        make()
    assert flawed.value.flaws == {"code": Flaw.CODE_TAKEN}
    # Whatever else the database refuses is no matter of the code.
    with pytest.raises(IntegrityError):
        make(replace(WANTED, code="XUAN2026", amount_vnd=0))
    with pytest.raises(IntegrityError):
        edit(Voucher.objects.get(), amount_vnd=0)


def test_a_change_is_held_against_the_same_rules():
    made = make()

    with pytest.raises(VoucherFlawed) as flawed:
        edit(made, name=" ", percent=5)
    made.refresh_from_db()
    assert (flawed.value.flaws, made.percent) == ({"name": Flaw.NAME_MISSING, "percent": Flaw.TWO_VALUES}, None)
