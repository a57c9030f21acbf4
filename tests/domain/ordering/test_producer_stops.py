import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.acts import Ground
from shop.domain.listings.models import Listing
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering import certificate_stops, producer_stops
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.held_parcels import release_held_parcel
from shop.domain.ordering.previewing import preview_order
from shop.domain.ordering.producer_stops import (
    reinstate_and_resume,
    settle_unfinished_producer_stops,
    suspend_and_hold,
    terminate_and_cancel,
)
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.people.actor import SYSTEM
from shop.domain.producers import standing
from shop.domain.producers.staff import actor_of
from tests.factories import make_basket, make_commune, make_listing, make_officer, make_order, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def tea():
    return make_listing("Chè", stock=10)


def do(act, listing, officer, reason="Nợ hồ sơ an toàn thực phẩm"):
    return act(producer_id=listing.producer_id, reason=reason, actor=officer, now=clock.now())


def act_only(act, listing, officer):
    """The act alone, as if the process had died before its parcels."""
    return act(producer_id=listing.producer_id, reason="Nợ hồ sơ", actor=officer, now=clock.now())


def statuses():
    return list(Parcel.objects.order_by("pk").values_list("status", flat=True))


def ship(parcel):
    ship_parcel(parcel_id=parcel.pk, carrier="VNPost", tracking_number="EE1", actor=SYSTEM, now=clock.now())


def confirm(parcel):
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())


def buyer_kinds():
    return list(OutboxMessage.objects.filter(recipient="chau@example.vn").order_by("pk").values_list("kind", flat=True))


def test_a_suspension_holds_what_is_not_shipped_and_leaves_others_alone(tea, officer):
    honey = make_listing("Mật ong", producer=make_producer("HTX Ong"))
    order = make_order((tea, 2), (honey, 1))

    do(suspend_and_hold, tea, officer)

    held, other = order.parcels.order_by("pk")
    assert (held.status, other.status) == ("on_hold", "to_confirm")
    assert tea.stock_records.get().num_allocated == 2
    assert buyer_kinds() == ["order_placed", "parcel_waits_for_producer"]
    text = render_message(OutboxMessage.objects.get(kind="parcel_waits_for_producer"), today=clock.today())
    assert held.number in text.subject
    assert "Nợ hồ sơ an toàn thực phẩm" not in text.body


def test_what_is_shipped_goes_on(tea, officer):
    parcel = make_order((tea, 1)).parcels.get()
    confirm(parcel)
    ship(parcel)

    do(suspend_and_hold, tea, officer)
    deliver_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())

    assert statuses() == ["delivered"]


def test_what_is_not_paid_is_cancelled_and_its_units_come_back(tea, officer):
    parcel = make_order((tea, 2)).parcels.get()
    Parcel.objects.filter(pk=parcel.pk).update(status="pending")

    do(suspend_and_hold, tea, officer)

    assert statuses() == ["cancelled"]
    assert (tea.stock_records.get().num_allocated, parcel.order.payments.get().amount_vnd) == (0, 0)
    assert buyer_kinds()[-1] == "parcel_cancelled"


def test_a_basket_is_flagged_and_refused(tea, officer):
    basket = make_basket((tea, 1))
    do(suspend_and_hold, tea, officer)

    preview = preview_order(basket_id=basket.pk, commune_code=make_commune().pk, today=clock.today())

    assert [line.problem for line in preview.lines] == ["producer_inactive"]
    assert not preview.can_be_ordered


def test_reinstating_lets_parcels_go_on_where_they_were_and_listings_be_sold(tea, officer):
    packing = make_order((tea, 1)).parcels.get()
    make_order((tea, 1))
    confirm(packing)
    do(suspend_and_hold, tea, officer)

    do(reinstate_and_resume, tea, officer)

    tea.refresh_from_db()
    assert (statuses(), tea.state) == (["packing", "to_confirm"], "live")
    assert buyer_kinds().count("parcel_released") == 2


def test_every_end_of_a_stop_is_told(tea, officer):
    make_order((tea, 1))
    for _ in range(2):
        do(suspend_and_hold, tea, officer)
        do(reinstate_and_resume, tea, officer)

    holds = ParcelEvent.objects.filter(to_status="on_hold").order_by("pk").values_list("pk", flat=True)
    keys = OutboxMessage.objects.filter(kind="parcel_released").order_by("pk").values_list("key", flat=True)
    assert [str(hold) in key.split(":") for hold, key in zip(holds, keys, strict=True)] == [True, True]


def test_a_released_parcel_is_finished_and_not_held_again(tea, officer):
    first = make_order((tea, 1)).parcels.get()
    make_order((tea, 1))
    do(suspend_and_hold, tea, officer)

    release_held_parcel(parcel_id=first.pk, reason="Hàng đã kiểm", actor=officer, now=clock.now())
    settle_unfinished_producer_stops(now=clock.now())
    confirm(first)
    ship(first)

    assert statuses() == ["shipped", "on_hold"]


def test_termination_is_final_cancels_and_archives(tea, officer):
    shipped = make_order((tea, 1)).parcels.get()
    make_order((tea, 1))
    confirm(shipped)
    ship(shipped)
    do(suspend_and_hold, tea, officer)
    do(terminate_and_cancel, tea, officer)

    tea.refresh_from_db()
    tea.certificate.refresh_from_db()
    assert statuses() == ["shipped", "cancelled"]
    assert (tea.state, tea.certificate.stored_state) == ("archived", "active")
    assert AuditEntry.objects.filter(action="listing.archived").count() == 1
    with pytest.raises(standing.IllegalMove):
        do(reinstate_and_resume, tea, officer)


@pytest.mark.parametrize(
    ("act", "expected"),
    [(standing.suspend_producer, "on_hold"), (standing.terminate_producer, "cancelled")],
)
def test_what_a_dying_process_left_is_finished_once(tea, officer, act, expected):
    make_order((tea, 1))
    act_only(act, tea, officer)
    assert statuses() == ["to_confirm"]

    settle_unfinished_producer_stops(now=clock.now())
    told = OutboxMessage.objects.count()
    settle_unfinished_producer_stops(now=clock.now())

    assert statuses() == [expected]
    assert OutboxMessage.objects.count() == told
    assert Listing.objects.get().state == ("archived" if expected == "cancelled" else "live")


def test_what_moved_since_the_act_is_held_all_the_same(tea, officer):
    parcel = make_order((tea, 1)).parcels.get()
    event = act_only(standing.suspend_producer, tea, officer)
    confirm(parcel)

    settle_unfinished_producer_stops(now=clock.now())

    assert (statuses(), event.action) == (["on_hold"], "suspended")
    assert do(reinstate_and_resume, tea, officer).action == "reinstated"


def test_the_newest_act_counts_when_work_is_finished_later(tea, officer):
    make_order((tea, 1))
    do(suspend_and_hold, tea, officer)
    act_only(standing.reinstate_producer, tea, officer)

    settle_unfinished_producer_stops(now=clock.now())

    assert statuses() == ["to_confirm"]


def test_a_parcel_held_twice_goes_on_when_both_holds_end(tea, officer):
    ground = Ground("Nhãn sai", clock.today())
    make_order((tea, 1))
    do(suspend_and_hold, tea, officer)
    certificate_stops.suspend_and_hold(certificate_id=tea.certificate_id, ground=ground, actor=officer, now=clock.now())

    certificate_stops.lift_and_resume(certificate_id=tea.certificate_id, ground=ground, actor=officer, now=clock.now())
    certificate_stops.settle_unfinished_stops(now=clock.now())
    assert statuses() == ["on_hold"]

    do(reinstate_and_resume, tea, officer)
    assert statuses() == ["to_confirm"]


def test_a_stopped_certificate_holds_on_when_the_producer_is_back(tea, officer):
    make_order((tea, 1))
    do(suspend_and_hold, tea, officer)
    certificate_stops.suspend_and_hold(
        certificate_id=tea.certificate_id, ground=Ground("Nhãn sai", clock.today()), actor=officer, now=clock.now()
    )

    do(reinstate_and_resume, tea, officer)
    producer_stops.settle_unfinished_producer_stops(now=clock.now())

    assert statuses() == ["on_hold"]
