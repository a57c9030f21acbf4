"""Two hundred people check out while the office revokes or the producer hides: each order is there before, or refused."""

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.listings.publishing import hide_listing
from shop.domain.parcels.models import Parcel
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Line, Order
from tests.factories import make_listing, make_member, make_officer
from tests.factories.logins import log_in
from tests.races.buyers import TOKEN, post_form
from tests.races.revoking import BUYERS, FEWER_BUYERS, SOLD_AFTER, UNGUARDED, act_amid_checkouts, revoke_amid_checkouts

pytestmark = pytest.mark.django_db(transaction=True)


def hide_amid_checkouts(address, tea):
    """Take it off the shelf as its producer; tells how many orders there were right after."""
    owner = actor_of(user=make_member(tea.producer))

    def hide():
        hide_listing(listing_id=tea.pk, actor=owner, now=clock.now())
        return Order.objects.count()

    return act_amid_checkouts(address, tea, hide, buyers=FEWER_BUYERS)


def test_every_checkout_comes_before_the_revocation_or_is_refused(live_stack):
    tea = make_listing(stock=500)

    answers, event = revoke_amid_checkouts(live_stack(processes=4), tea)

    statuses = [answer.status for answer in answers]
    sold = statuses.count(303)
    assert sorted(set(statuses)) == [303, 409]
    assert BUYERS // 10 <= sold < BUYERS
    assert (Order.objects.count(), Parcel.objects.filter(status="on_hold").count()) == (sold, sold)
    assert Line.objects.filter(pk__gt=event.detail["last_line_sold"]).count() == 0
    assert broken_invariants() == []


def test_without_the_shared_lock_orders_slip_in_after_the_revocation(live_stack):
    tea = make_listing(stock=500)

    revoke_amid_checkouts(live_stack(processes=4, environment=UNGUARDED), tea, buyers=FEWER_BUYERS)

    assert SOLD_AFTER in {broken.invariant for broken in broken_invariants()}
    assert Parcel.objects.filter(status="to_confirm").exists()


def suspend_on_screen_amid_checkouts(address, tea, *, buyers):
    """Press the officer's last button, as a browser does, while buyers press theirs."""
    session = log_in(Client(), make_officer(), second_factor=True).cookies["sessionid"].value
    form = {
        "reason": "Nhãn sai hạn dùng",
        "decision_number": "12/QĐ-VP",
        "effective_on": clock.today().isoformat(),
        "confirmed": "1",
        "csrfmiddlewaretoken": TOKEN,
    }
    path = f"/van-phong/chung-nhan/{tea.certificate.code}/tam-dinh-chi/"
    cookies = f"sessionid={session}; csrftoken={TOKEN}"
    return act_amid_checkouts(address, tea, lambda: post_form(address, path, form, cookies=cookies), buyers=buyers)


def test_every_checkout_comes_before_a_suspension_on_screen_or_is_refused(live_stack):
    tea = make_listing(stock=500)

    answers, pressed = suspend_on_screen_amid_checkouts(live_stack(processes=4), tea, buyers=FEWER_BUYERS)

    statuses = [answer.status for answer in answers]
    sold = statuses.count(303)
    assert (pressed.status, pressed.location) == (302, f"/van-phong/chung-nhan/{tea.certificate.code}/")
    assert sorted(set(statuses)) == [303, 409]
    assert FEWER_BUYERS // 10 <= sold < FEWER_BUYERS
    assert (Order.objects.count(), Parcel.objects.filter(status="on_hold").count()) == (sold, sold)
    assert broken_invariants() == []


def test_without_the_shared_lock_orders_slip_in_after_a_suspension_on_screen(live_stack):
    tea = make_listing(stock=500)

    suspend_on_screen_amid_checkouts(live_stack(processes=4, environment=UNGUARDED), tea, buyers=FEWER_BUYERS)

    assert SOLD_AFTER in {broken.invariant for broken in broken_invariants()}


def test_every_checkout_comes_before_the_hiding_or_is_refused(live_stack):
    tea = make_listing(stock=500)

    answers, orders_when_hidden = hide_amid_checkouts(live_stack(processes=4), tea)

    statuses = [answer.status for answer in answers]
    assert sorted(set(statuses)) == [303, 409]
    assert statuses.count(303) == Order.objects.count() == orders_when_hidden < FEWER_BUYERS


def test_without_the_shared_lock_orders_slip_in_after_the_hiding(live_stack):
    tea = make_listing(stock=500)

    _, orders_when_hidden = hide_amid_checkouts(live_stack(processes=4, environment=UNGUARDED), tea)

    assert Order.objects.count() > orders_when_hidden
