"""«Tell me when it is back»: who waits, who is told, how often, and who no longer."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.consents.models import ConsentRecord
from shop.domain.consents.recording import Circumstances, person
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.wishes.models import StockNotice
from shop.domain.wishes.notices import (
    MOST_LETTERS,
    AlreadyOnSale,
    GuestContact,
    ask_as_guest,
    ask_as_person,
    cancel_own_notice,
    confirm_notice,
    forget_unconfirmed,
    stop_notices,
)
from shop.domain.wishes.telling import tell_waiting
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_user

pytestmark = pytest.mark.django_db
GUEST = GuestContact(email="khach@example.vn")


def how(language="vi"):
    return Circumstances(now=clock.now(), source="/bao-co-hang/", language=language)


@pytest.fixture
def sold_out():
    return make_listing("Chè nõn", stock=0, title_en="Bud tea")


def comes_in(listing, units=5):
    StockRecord.objects.filter(listing=listing).update(num_in_stock=units)
    return tell_waiting(now=clock.now())


def letters():
    return OutboxMessage.objects.filter(kind="stock_notice")


def test_a_person_is_told_once_when_it_is_back(sold_out):
    buyer = make_user("hoa@example.vn")
    for _ in range(2):
        ask_as_person(product_id=sold_out.product_id, user_id=buyer.pk, how=how("en"))

    told = [tell_waiting(now=clock.now()), comes_in(sold_out), comes_in(sold_out)]

    assert (told, letters().count(), StockNotice.objects.get().state) == ([0, 1, 0], 1, "told")
    letter = render_message(letters().get(), today=clock.today())
    assert ("Chè nõn" in letter.body, "/ngung-nhan-tin/" in letter.body) == (True, True)


def test_what_can_be_bought_need_not_be_waited_for(sold_out):
    comes_in(sold_out)

    with pytest.raises(AlreadyOnSale):
        ask_as_person(product_id=sold_out.product_id, user_id=make_user().pk, how=how())


def test_stock_alone_is_not_enough_where_the_star_is_gone(sold_out):
    ask_as_person(product_id=sold_out.product_id, user_id=make_user().pk, how=how())
    type(sold_out.certificate).objects.filter(pk=sold_out.certificate_id).update(
        stored_state="suspended", stopped_on=clock.today()
    )

    assert (comes_in(sold_out), StockNotice.objects.get().state) == (0, "waiting")


def test_a_guest_is_told_nothing_before_the_address_is_proved_and_then_once(sold_out):
    ask_as_guest(product_id=sold_out.product_id, contact=GUEST, how=how("en"))
    notice = StockNotice.objects.get()
    assert (comes_in(sold_out), comes_in(sold_out, 0)) == (0, 0)

    confirm_notice(notice_id=notice.pk, how=how("en"))
    told = comes_in(sold_out)

    notice.refresh_from_db()
    letter = letters().get()
    assert (told, notice.state, notice.email) == (1, "told", "")
    assert (letter.recipient, letter.language) == (GUEST.email, "en")
    consent = ConsentRecord.objects.get()
    assert (consent.subject_type, consent.subject_id, consent.is_given, consent.text_version != "") == (
        "stock_notice",
        notice.pk,
        True,
        True,
    )


def test_nobodys_mailbox_is_flooded_from_here():
    for number in range(MOST_LETTERS + 3):
        ask_as_guest(product_id=make_listing(f"Chè {number}", stock=0).product_id, contact=GUEST, how=how())

    assert OutboxMessage.objects.filter(recipient=GUEST.email).count() == MOST_LETTERS


def test_an_unconfirmed_address_is_forgotten(sold_out):
    ask_as_guest(product_id=sold_out.product_id, contact=GUEST, how=how())

    kept = forget_unconfirmed(now=clock.now() + timedelta(hours=47))
    gone = forget_unconfirmed(now=clock.now() + timedelta(hours=49))

    assert (kept, gone, StockNotice.objects.count()) == (0, 1, 0)


@pytest.mark.parametrize("way", ["one", "all"])
def test_who_waits_no_longer_is_not_told(sold_out, way):
    buyer = make_user()
    notice = ask_as_person(product_id=sold_out.product_id, user_id=buyer.pk, how=how())

    if way == "one":
        cancel_own_notice(user_id=buyer.pk, notice_id=notice.pk, now=clock.now())
    else:
        stop_notices(subject=person(buyer.pk), how=how())

    assert (comes_in(sold_out), letters().count()) == (0, 0)


def test_a_closed_account_is_not_told(sold_out):
    buyer = make_user()
    ask_as_person(product_id=sold_out.product_id, user_id=buyer.pk, how=how())
    buyer.is_active = False
    buyer.save()

    comes_in(sold_out)

    assert (letters().count(), StockNotice.objects.get().state) == (0, "cancelled")
