from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates import act_requests
from shop.domain.certificates.act_requests import request_revocation
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import CertificateEvent
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering import certificate_stops
from shop.domain.ordering.certificate_stops import (
    approve_and_carry_out,
    approve_revocation_and_hold,
    cancel_parcels_held_too_long,
    lift_and_resume,
    settle_unfinished_stops,
    suspend_and_hold,
)
from shop.domain.ordering.deriving import derive_status
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.tasks import carry_out_approved_acts
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_producer
from tests.factories.office import make_act_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


def ground(**changes):
    return Ground(**({"reason": "Nhãn sai hạn dùng", "effective_on": clock.today()} | changes))


def suspend(certificate, officer, *, now=None):
    return suspend_and_hold(certificate_id=certificate.pk, ground=ground(), actor=officer, now=now or clock.now())


def lift(certificate, officer):
    return lift_and_resume(certificate_id=certificate.pk, ground=ground(), actor=officer, now=clock.now())


def revoke(certificate, officer, **changes):
    now = clock.now()
    request = request_revocation(certificate_id=certificate.pk, ground=ground(**changes), actor=officer, now=now)
    return approve_revocation_and_hold(request_id=request.pk, actor=actor_of(user=make_officer()), now=now)


def buyer_kinds():
    return list(OutboxMessage.objects.filter(recipient="chau@example.vn").order_by("pk").values_list("kind", flat=True))


def ship(parcel):
    ship_parcel(parcel_id=parcel.pk, carrier="VNPost", tracking_number="EE1", actor=SYSTEM, now=clock.now())


def confirm(parcel):
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())


def test_a_suspension_holds_what_is_not_shipped_and_leaves_other_producers_alone(officer):
    tea = make_listing("Chè", stock=5)
    honey = make_listing("Mật ong", producer=make_producer("HTX Ong"))
    order = make_order((tea, 2), (honey, 1))

    suspend(tea.certificate, officer)

    held, other = order.parcels.order_by("pk")
    order.refresh_from_db()
    assert (held.status, held.reason, other.status) == ("on_hold", "Nhãn sai hạn dùng", "to_confirm")
    assert (order.status, tea.stock_records.get().num_allocated) == ("confirmed", 2)
    assert buyer_kinds() == ["order_placed", "parcel_on_hold"]


def test_a_held_parcel_is_neither_confirmed_nor_shipped(officer):
    tea = make_listing()
    parcel = make_order((tea, 1)).parcels.get()
    suspend(tea.certificate, officer)

    for act in (confirm, ship):
        with pytest.raises(IllegalTransition):
            act(parcel)


def test_lifting_puts_parcels_back_where_they_were(officer):
    tea = make_listing(stock=9)
    waiting, packing = (make_order((tea, 1)).parcels.get() for _ in range(2))
    confirm(packing)
    suspend(tea.certificate, officer)

    lift(tea.certificate, officer)

    assert [Parcel.objects.get(pk=parcel.pk).status for parcel in (waiting, packing)] == ["to_confirm", "packing"]
    assert buyer_kinds().count("parcel_resumed") == 2


def test_an_order_under_way_stays_so_while_its_parcel_is_held(officer):
    tea = make_listing()
    order = make_order((tea, 1))
    confirm(order.parcels.get())

    suspend(tea.certificate, officer)

    order.refresh_from_db()
    assert order.status == derive_status(order=order) == "in_fulfilment"


def test_a_parcel_with_two_stopped_certificates_waits_for_both(officer):
    producer = make_producer()
    tea, buds = make_listing("Chè", producer=producer), make_listing("Trà nõn", producer=producer)
    parcel = make_order((tea, 1), (buds, 1)).parcels.get()
    suspend(tea.certificate, officer)
    suspend(buds.certificate, officer)

    lift(tea.certificate, officer)
    parcel.refresh_from_db()
    assert parcel.status == "on_hold"

    lift(buds.certificate, officer)
    parcel.refresh_from_db()
    assert parcel.status == "to_confirm"


def test_what_is_not_paid_yet_is_cancelled_and_its_stock_comes_back(officer):
    tea = make_listing(stock=5)
    order = make_order((tea, 2))
    Parcel.objects.update(status="pending")

    suspend(tea.certificate, officer)

    order.refresh_from_db()
    assert (order.parcels.get().status, order.status) == ("cancelled", "cancelled")
    assert (tea.stock_records.get().num_allocated, order.payments.get().amount_vnd) == (0, 0)
    assert buyer_kinds() == ["order_placed", "parcel_cancelled"]


def test_shipped_parcels_go_on(officer):
    tea = make_listing()
    parcel = make_order((tea, 1)).parcels.get()
    confirm(parcel)
    ship(parcel)

    revoke(tea.certificate, officer)

    parcel.refresh_from_db()
    assert parcel.status == "shipped"
    assert "parcel_recalled" not in buyer_kinds()


def test_dangerous_goods_are_called_back_from_every_buyer(officer):
    tea = make_listing()
    shipped, delivered, waiting = (make_order((tea, 1)).parcels.get() for _ in range(3))
    for parcel in (shipped, delivered):
        confirm(parcel)
        ship(parcel)
    deliver_parcel(parcel_id=delivered.pk, actor=SYSTEM, now=clock.now())

    revoke(tea.certificate, officer, is_safety_matter=True)

    recalled = OutboxMessage.objects.filter(kind="parcel_recalled").order_by("pk")
    assert [message.payload["parcel_id"] for message in recalled] == [shipped.pk, delivered.pk]
    assert Parcel.objects.get(pk=waiting.pk).status == "on_hold"


def test_stopping_twice_changes_nothing(officer):
    tea = make_listing()
    make_order((tea, 1))
    suspend(tea.certificate, officer)

    assert suspend(tea.certificate, officer) is None
    assert buyer_kinds() == ["order_placed", "parcel_on_hold"]


@pytest.mark.parametrize(("is_revoked", "limit"), [(False, timedelta(days=7)), (True, timedelta(hours=48))])
def test_a_hold_nobody_decides_on_ends_in_a_cancellation(officer, is_revoked, limit):
    tea = make_listing(stock=5)
    parcel = make_order((tea, 2)).parcels.get()
    event = revoke(tea.certificate, officer) if is_revoked else suspend(tea.certificate, officer)

    assert cancel_parcels_held_too_long(now=event.at + limit - timedelta(seconds=1)) == 0
    assert cancel_parcels_held_too_long(now=event.at + limit) == 1

    parcel.refresh_from_db()
    assert (parcel.status, tea.stock_records.get().num_allocated) == ("cancelled", 0)
    assert cancel_parcels_held_too_long(now=event.at + limit) == 0


def test_what_a_dying_process_left_out_is_done_by_the_sweep(officer, monkeypatch):
    tea = make_listing(stock=9)
    parcel = make_order((tea, 1)).parcels.get()
    now = clock.now()
    with monkeypatch.context() as dying:
        dying.setattr(certificate_stops, "settle_stop", lambda **_: None)
        suspend(tea.certificate, officer)
    settle_unfinished_stops(now=now)
    parcel.refresh_from_db()
    assert parcel.status == "on_hold"

    with monkeypatch.context() as dying:
        dying.setattr(certificate_stops, "settle_stop", lambda **_: None)
        lift(tea.certificate, officer)
    settle_unfinished_stops(now=now)
    settle_unfinished_stops(now=now)
    parcel.refresh_from_db()
    assert parcel.status == "to_confirm"
    assert buyer_kinds() == ["order_placed", "parcel_on_hold", "parcel_resumed"]


def test_a_parcel_that_moved_since_the_act_is_held_all_the_same(officer, monkeypatch):
    tea = make_listing()
    parcel = make_order((tea, 1)).parcels.get()
    with monkeypatch.context() as dying:
        dying.setattr(certificate_stops, "settle_stop", lambda **_: None)
        suspend(tea.certificate, officer)
    confirm(parcel)

    settle_unfinished_stops(now=clock.now())

    parcel.refresh_from_db()
    assert parcel.status == "on_hold"


def test_a_second_suspension_holds_what_the_first_one_held_before(officer):
    tea = make_listing()
    parcel = make_order((tea, 1)).parcels.get()
    suspend(tea.certificate, officer)
    assert lift(tea.certificate, officer).action == "lifted"

    suspend(tea.certificate, officer)

    parcel.refresh_from_db()
    assert (parcel.status, buyer_kinds().count("parcel_on_hold")) == ("on_hold", 2)


def test_a_signed_revocation_holds_its_parcels(officer):
    tea = make_listing()
    parcel = make_order((tea, 1)).parcels.get()
    asked = request_revocation(certificate_id=tea.certificate_id, ground=ground(), actor=officer, now=clock.now())

    approve_and_carry_out(request_id=asked.pk, actor=actor_of(user=make_officer()), now=clock.now())

    parcel.refresh_from_db()
    tea.certificate.refresh_from_db()
    assert (parcel.status, tea.certificate.stored_state) == ("on_hold", "revoked")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("channel", ["email", "sms"])
def test_letters_say_which_certificate_and_why(officer, language, channel):
    tea = make_listing("Chè Tân Cương")
    request = {"language": language} | ({"buyer_email": ""} if channel == "sms" else {})
    order = make_order((tea, 1), **request)
    suspend(make_certificate(product_name="Mật ong"), officer)
    suspend(tea.certificate, officer)
    lift(tea.certificate, officer)
    parcel = order.parcels.get()
    confirm(parcel)
    ship(parcel)
    revoke(tea.certificate, officer, is_safety_matter=True)

    for kind in ("parcel_on_hold", "parcel_resumed", "parcel_recalled"):
        message = OutboxMessage.objects.get(kind=kind)
        text = render_message(message, today=clock.today())
        words = f"{text.subject} {text.body} {text.html}"
        assert message.channel == channel
        assert order.number in words or "Tan Cuong" in words
        if channel == "email":
            assert tea.certificate.code in words
            assert "Chè Tân Cương" in words


def bulk_of(*listings):
    certificates = [listing.certificate for listing in listings]
    return make_act_request(*certificates, act="suspend", officer=make_officer(), reason="Kiểm tra định kỳ")


def test_a_bulk_act_holds_the_parcels_of_all_its_certificates(officer):
    listings = [make_listing(), make_listing()]
    for listing in listings:
        make_order((listing, 1))

    approve_and_carry_out(request_id=bulk_of(*listings).pk, actor=officer, now=clock.now())

    assert {parcel.status for parcel in Parcel.objects.all()} == {"on_hold"}


def test_a_bulk_act_goes_on_where_a_process_died(officer, monkeypatch):
    listings = [make_listing(), make_listing()]
    asked = bulk_of(*listings)
    carry_out = act_requests.carry_out_item

    def die_at_the_second(*, item_id, now):
        if asked.items.filter(done_at__isnull=False).exists():
            raise KeyboardInterrupt
        return carry_out(item_id=item_id, now=now)

    with monkeypatch.context() as dying:
        dying.setattr(act_requests, "carry_out_item", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            approve_and_carry_out(request_id=asked.pk, actor=officer, now=clock.now())
    carry_out_approved_acts()

    assert asked.items.filter(event__isnull=False).count() == 2
    assert CertificateEvent.objects.count() == 2


def test_a_large_bulk_act_leaves_the_rest_to_a_worker(officer, monkeypatch):
    rings = []
    monkeypatch.setattr(certificate_stops, "ring_bell", rings.append)
    asked = make_act_request(*[make_certificate() for _ in range(23)], act="suspend")

    approve_and_carry_out(request_id=asked.pk, actor=officer, now=clock.now())
    done_at_once = asked.items.filter(done_at__isnull=False).count()
    carry_out_approved_acts()

    assert (done_at_once, rings) == (20, ["shop.domain.ordering.tasks.carry_out_approved_acts"])
    assert not asked.items.filter(done_at=None).exists()


def test_approving_what_nobody_asked_for_is_unknown(officer):
    with pytest.raises(act_requests.UnknownRequest):
        approve_and_carry_out(request_id=987654, actor=officer, now=clock.now())
