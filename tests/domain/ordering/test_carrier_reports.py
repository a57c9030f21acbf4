import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger import accounts
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.carrier_reports import MOST_CODES, News, Outcome, SourceMissing, TooManyCodes, report_parcels
from shop.domain.ordering.fulfilling import confirm_parcel, ship_parcel
from shop.domain.parcels.models import OWN_DELIVERY
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_officer, make_order

pytestmark = pytest.mark.django_db


def ship(tracking_number="LK99AQ", carrier="GHN"):
    now = clock.now()
    parcel = make_order((make_listing(stock=10), 2)).parcels.get()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
    return ship_parcel(parcel_id=parcel.pk, carrier=carrier, tracking_number=tracking_number, actor=SYSTEM, now=now)


def report(*codes, source="Bảng kê GHN 28/11", news=News.DELIVERED):
    actor = actor_of(user=make_officer())
    reported = report_parcels(codes=codes, source=source, news=news, actor=actor, now=clock.now())
    return [(one.code, one.outcome) for one in reported]


def test_a_list_of_a_carrier_counts_line_by_line_and_says_what_became_of_each():
    first, second, waiting = ship("LK1"), ship("LK2"), make_order((make_listing(), 1)).parcels.get()
    ship("LK3")
    ship("LK3")

    answers = report("lk1", f"  {second.number} ", waiting.number, "LK3", "KHONG-CO", "", "lk1")

    assert answers == [
        ("lk1", Outcome.NOTED),
        (second.number, Outcome.NOTED),
        (waiting.number, Outcome.NOT_SENT),
        ("LK3", Outcome.AMBIGUOUS),
        ("KHONG-CO", Outcome.UNKNOWN),
    ]
    assert balance_of(accounts.COD_CARRIER) == first.total_vnd + second.total_vnd
    written = AuditEntry.objects.filter(action="parcel.delivery_reported")
    assert sorted(written.values_list("label", "reason")) == sorted(
        (each.number, "Bảng kê GHN 28/11") for each in (first, second)
    )
    entry = written.get(label=first.number)
    assert (entry.object_type, entry.object_id, entry.producer_id) == ("parcel", str(first.pk), first.producer_id)
    assert (entry.detail["old"], entry.detail["new"]) == ({"status": "shipped"}, {"status": "delivered"})


def test_reported_twice_is_delivered_once():
    parcel = ship()

    # By both of its numbers in one list, and once more.
    assert report("LK99AQ", parcel.number) == [("LK99AQ", Outcome.NOTED), (parcel.number, Outcome.BEFORE)]
    assert report("LK99AQ") == [("LK99AQ", Outcome.BEFORE)]
    assert balance_of(accounts.COD_CARRIER) == parcel.total_vnd
    assert AuditEntry.objects.filter(action="parcel.delivery_reported").count() == 1


def test_the_cash_of_an_own_delivery_is_the_producers_whoever_reports_it():
    parcel = ship("0912345678", OWN_DELIVERY)

    report(parcel.number)

    assert balance_of(accounts.cod_producer(parcel.producer_id)) == parcel.total_vnd


def test_nothing_is_noted_without_a_source_or_from_an_endless_list():
    ship()

    with pytest.raises(SourceMissing):
        report("LK99AQ", source=" ")
    with pytest.raises(TooManyCodes):
        report(*(f"LK{number}" for number in range(MOST_CODES + 1)))
    assert report("LK99AQ") == [("LK99AQ", Outcome.NOTED)]


def test_what_turned_back_is_noted_once_and_may_still_be_delivered_or_lost():
    first, second = ship("LK1"), ship("LK2")

    assert report("LK1", "LK2", news=News.TURNED_BACK) == [("LK1", Outcome.NOTED), ("LK2", Outcome.NOTED)]
    assert report("LK1", news=News.TURNED_BACK) == [("LK1", Outcome.BEFORE)]
    # The carrier was wrong about the first, and does not find the second any more.
    assert report("LK1") == [("LK1", Outcome.NOTED)]
    assert report("LK2", news=News.LOST) == [("LK2", Outcome.NOTED)]
    assert report("LK1", news=News.TURNED_BACK) == [("LK1", Outcome.ARRIVED)]
    assert report("LK2") == [("LK2", Outcome.NOT_SENT)]

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status, second.status) == ("delivered", "lost")
    assert balance_of(accounts.COD_CARRIER) == first.total_vnd
    actions = set(AuditEntry.objects.filter(label=second.number).values_list("action", flat=True))
    assert {"parcel.turning_back_reported", "parcel.loss_reported"} <= actions
