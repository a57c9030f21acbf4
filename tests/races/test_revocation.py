"""The office revokes while two hundred people check out: each order is there before it, or refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shop.common import clock
from shop.domain.certificates.acts import Ground, request_revocation
from shop.domain.ordering.certificate_stops import approve_revocation_and_hold
from shop.domain.parcels.models import Parcel
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Line, Order
from tests.factories import make_listing, make_officer
from tests.fixtures.processes import poll_until
from tests.races.buyers import open_forms, press_all

pytestmark = pytest.mark.django_db(transaction=True)

UNGUARDED = {"DJANGO_SETTINGS_MODULE": "tests.races.unguarded", "GUARD_OFF": "shelf"}
SOLD_AFTER = "nothing is sold between a stop of its certificate and the lifting of it"
BUYERS = 200


def revoke_amid_checkouts(address, tea):
    """Let buyers press, revoke once a tenth of them have bought; returns their answers and the event."""
    forms = open_forms(tea, buyers=BUYERS)
    officer, colleague = (actor_of(user=make_officer()) for _ in range(2))
    ground = Ground("Giả mạo hồ sơ", clock.today(), is_safety_matter=True)
    request = request_revocation(certificate_id=tea.certificate_id, ground=ground, actor=officer, now=clock.now())
    with ThreadPoolExecutor(1) as crowd:
        pressing = crowd.submit(press_all, address, forms, at_once=40)
        poll_until(lambda: Order.objects.count() >= BUYERS // 10, seconds=60, what="the first sales")
        event = approve_revocation_and_hold(request_id=request.pk, actor=colleague, now=clock.now())
        return pressing.result(), event


def test_every_checkout_comes_before_the_revocation_or_is_refused(live_stack):
    tea = make_listing(stock=500)

    answers, event = revoke_amid_checkouts(live_stack(processes=4), tea)

    statuses = [answer.status for answer in answers]
    sold = statuses.count(303)
    assert sorted(set(statuses)) == [303, 409]
    assert (Order.objects.count(), Parcel.objects.filter(status="on_hold").count()) == (sold, sold)
    assert Line.objects.filter(pk__gt=event.detail["last_line_sold"]).count() == 0
    assert broken_invariants() == []


def test_without_the_shared_lock_orders_slip_in_after_the_revocation(live_stack):
    tea = make_listing(stock=500)

    revoke_amid_checkouts(live_stack(processes=4, environment=UNGUARDED), tea)

    assert SOLD_AFTER in {broken.invariant for broken in broken_invariants()}
    assert Parcel.objects.filter(status="to_confirm").exists()
