from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.cases.models import Case
from shop.domain.ledger.models import Entry
from shop.domain.ordering.delivering import NotYourDelivery, deliver_own_parcel, deliver_silent_parcels
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.parcels.models import OWN_DELIVERY, Parcel
from shop.domain.payments.models import Payment
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_order
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def ship(carrier="GHN"):
    now = clock.now()
    parcel = make_order((make_listing(stock=10), 2)).parcels.get()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
    return ship_parcel(parcel_id=parcel.pk, carrier=carrier, tracking_number="LK99AQ", actor=SYSTEM, now=now)


def status_of(parcel):
    return Parcel.objects.values_list("status", flat=True).get(pk=parcel.pk)


def holders():
    return {account.split(":")[0] for account in Entry.objects.values_list("account", flat=True) if account.startswith("cod_")}


def test_a_producer_cannot_report_what_a_carrier_brings():
    parcel = ship()

    with pytest.raises(NotYourDelivery):
        deliver_own_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())

    assert status_of(parcel) == "shipped"


def test_a_producer_reports_its_own_delivery_and_holds_the_cash():
    parcel = ship(OWN_DELIVERY)

    deliver_own_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())

    assert status_of(parcel) == "delivered"
    assert holders() == {"cod_producer"}


def test_the_carrier_holds_the_cash_of_what_it_brings():
    deliver_parcel(parcel_id=ship().pk, actor=SYSTEM, now=clock.now())

    assert holders() == {"cod_carrier"}


def test_a_parcel_nobody_speaks_of_is_delivered_after_a_week():
    parcel = ship()

    early = deliver_silent_parcels(now=parcel.shipped_at + WEEK - timedelta(seconds=1))
    due = deliver_silent_parcels(now=parcel.shipped_at + WEEK)
    again = deliver_silent_parcels(now=parcel.shipped_at + WEEK)

    assert (early, due, again, status_of(parcel)) == (0, 1, 0, "delivered")


def test_a_disputed_parcel_stays_as_it_is():
    parcel = ship()
    Payment.objects.filter(order=parcel.order).update(status=Payment.Status.DISPUTED)

    assert deliver_silent_parcels(now=parcel.shipped_at + WEEK) == 0


def test_a_parcel_the_office_is_asked_about_stays_until_the_answer():
    parcel = ship()
    case = make_case(kind=Case.Kind.ORDER, order_number=parcel.order.number)

    asked = deliver_silent_parcels(now=parcel.shipped_at + WEEK)
    Case.objects.filter(pk=case.pk).update(state=Case.State.CLOSED, outcome="solved", closed_at=clock.now())

    assert (asked, deliver_silent_parcels(now=parcel.shipped_at + WEEK)) == (0, 1)
