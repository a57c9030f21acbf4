"""Forgotten means: no table knows the name, the e-mail, the phone or the street, and the books are what they were."""

import uuid
from datetime import timedelta

import pytest
import redis
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from oscar.apps.analytics.models import UserSearch
from psycopg import sql

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.cases.opening import Report, Reporter, open_case
from shop.domain.consents.models import ConsentRecord, Purpose
from shop.domain.consents.recording import Circumstances, answer_consent, is_allowed
from shop.domain.consents.recording import person as consent_of
from shop.domain.invoices.details import check_details
from shop.domain.invoices.keeping import keep_buyer
from shop.domain.notifications.delivery import Drain
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.people.address_book import AddressEntry, write_address
from shop.domain.people.erased import is_erased
from shop.domain.people.models import Device
from shop.domain.personal_data.erasing import (
    NoSuchRequest,
    erase_account,
    erase_guest_order,
    withdraw_erasure,
)
from shop.domain.personal_data.letters import post_done
from shop.domain.personal_data.models import ErasureRequest
from shop.domain.personal_data.obstacles import RETURN_WINDOW, HoldsRole
from shop.domain.personal_data.sweeping import erase_due, sweep_after
from shop.domain.wishes.keeping import keep_wish
from shop.domain.wishes.models import StockNotice
from shop.domain.wishes.notices import GuestContact, ask_as_guest, ask_as_person
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import (
    make_basket,
    make_commune,
    make_listing,
    make_member,
    make_officer,
    make_order,
    make_producer,
    make_user,
)
from tests.factories.logins import give_second_factor, log_in

pytestmark = pytest.mark.django_db

EMAIL, PHONE = "yen.khanh.9@example.vn", "+84987654321"
STREET = "Số 77 ngách Hoàng Oanh"
# In every spelling that could have been written down anywhere.
WORDS = ("Yến Khanh", "yen.khanh.9", "987654321", "987 654 321", "Hoàng Oanh", "Công ty Oanh Vũ", "gọi Yến")
S = ErasureRequest.State


def make_person():
    user = make_user(EMAIL, phone=PHONE, first_name="Yến Khanh", last_name="Đoàn Thị")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    return user


def actor_for(user):
    return Actor(user_id=user.pk, roles=frozenset({"consumer"}))


def erase(user, *, now=None):
    return erase_account(user_id=user.pk, actor=actor_for(user), now=now or clock.now())


def order_of(user, listing, **changes):
    values = {"buyer_name": "Đoàn Thị Yến Khanh", "buyer_phone": PHONE, "buyer_email": EMAIL, "street": STREET}
    return make_order((listing, 1), owner=user, note="gọi Yến trước khi giao", **(values | changes))


def end(order):
    for parcel in order.parcels.all():
        cancel_parcel(parcel_id=parcel.pk, reason="Yến Khanh đặt nhầm", actor=SYSTEM, now=clock.now())


def deliver(order, *, now):
    for parcel in order.parcels.all():
        confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
        ship_parcel(parcel_id=parcel.pk, carrier="GHN", tracking_number="LK1", actor=SYSTEM, now=now)
        deliver_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)


def live_a_life(user):
    """Leave data everywhere a shopper can."""
    tea, honey = make_listing(stock=20), make_listing("Mật ong", stock=0)
    how = Circumstances(now=clock.now(), source="/san-pham/mat-ong/")
    commune = make_commune()
    details = check_details(company_name="Công ty Oanh Vũ", tax_code="0100109106", address=STREET, email=EMAIL)
    order = order_of(user, tea, invoice=details)
    end(order)
    guest_order = order_of(None, tea, commune_code=commune.code)
    end(guest_order)
    write_address(user_id=user.pk, entry=AddressEntry("Yến Khanh", PHONE, commune.code, STREET, "gọi Yến"), is_default=True)
    keep_buyer(user_id=user.pk, details=details, now=clock.now())
    keep_wish(user_id=user.pk, product_id=tea.product_id)
    ask_as_person(product_id=honey.product_id, user_id=user.pk, how=how)
    ask_as_guest(product_id=honey.product_id, contact=GuestContact(phone=PHONE), how=how)
    answer_consent(subject=consent_of(user.pk), purpose=Purpose.NEWS_EMAIL, is_given=True, how=how)
    make_basket((tea, 1), owner=user)
    open_case(
        form_key=uuid.uuid4(),
        report=Report(kind="order", body=f"Yến Khanh chưa nhận được đơn, gọi {PHONE}", order_number=order.number),
        reporter=Reporter(name="Yến Khanh", email=EMAIL, phone=PHONE, has_consented=True),
        now=clock.now(),
    )
    open_case(
        form_key=uuid.uuid4(),
        report=Report(kind="false_star", body="Tôi là Yến Khanh, thấy sao giả ở chợ"),
        reporter=Reporter(name="Yến Khanh", email=EMAIL, has_consented=True),
        now=clock.now(),
    )
    give_second_factor(user)
    client = log_in(Client(), user)
    client.get("/tai-khoan/")
    AccessAttempt.objects.create(username=EMAIL, ip_address="203.0.113.9", post_data=f"login={EMAIL}", failures_since_start=1)
    UserSearch.objects.create(user=user, query="quà cho Yến Khanh")
    drain = Drain(clock=clock.now)
    while drain.deliver_next():
        pass
    end(order_of(user, tea))  # leaves messages that are not sent yet
    return order


def dump_of_everything():
    """Every row of every table, and of Valkey, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema='public' AND table_type='BASE TABLE'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(sql.SQL("SELECT row::text FROM {} AS row").format(sql.Identifier(table)))
            yield from ((table, text) for (text,) in cursor.fetchall())
    for session in Session.objects.all():
        yield "session", str(session.get_decoded())
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        for key in valkey.scan_iter():
            yield "valkey", f"{key!r} {valkey.dump(key)!r}"


def places_that_know(words=WORDS):
    return sorted({(place, word) for place, text in dump_of_everything() for word in words if word.lower() in text.lower()})


def files_that_know():
    root = settings.PRIVATE_ROOT
    files = [path for path in root.rglob("*") if path.is_file()] if root.exists() else []
    assert storages["private"].location == str(root)
    return [path for path in files if any(word.encode() in path.read_bytes() for word in WORDS)]


def books():
    with connection.cursor() as cursor:
        kept = {}
        for view in ("orders", "lines", "parcels", "payments", "stock", "certificates"):
            cursor.execute(sql.SQL("SELECT row::text FROM audit.{} AS row ORDER BY 1").format(sql.Identifier(view)))
            kept[view] = cursor.fetchall()
        return kept


def test_after_erasure_no_table_knows_the_person_and_the_books_are_unchanged():
    user = make_person()
    live_a_life(user)
    before = books()
    assert len({place for place, _ in places_that_know()}) > 10

    assert erase(user).state == S.DONE

    assert places_that_know() == []
    assert files_that_know() == []
    assert books() == before
    assert broken_invariants() == []


def test_an_erased_account_is_closed_and_its_way_in_is_gone():
    user = make_person()
    client = log_in(Client(), user)
    client.get("/tai-khoan/")

    erase(user)

    user.refresh_from_db()
    assert (user.is_active, is_erased(user), user.has_usable_password()) == (False, True, False)
    assert client.get("/tai-khoan/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert not Device.objects.filter(user=user).exists()
    assert make_user(EMAIL, phone=PHONE).pk != user.pk


def test_another_person_keeps_what_is_theirs():
    tea = make_listing(stock=20)
    other = make_user("chi-lan@example.vn")
    kept = make_order((tea, 1), owner=other, buyer_name="Chị Lan", buyer_email="chi-lan@example.vn")
    keep_wish(user_id=other.pk, product_id=tea.product_id)

    erase(make_person())

    kept.refresh_from_db()
    assert (kept.buyer_name, kept.shipping_address.line1) == ("Chị Lan", "Số 12 ngõ 165 Dương Quảng Hàm")
    assert OutboxMessage.objects.filter(recipient="chi-lan@example.vn").exists()
    assert other.wishlists.get().lines.count() == 1


def test_producers_keep_their_letters_about_the_order():
    producer = make_producer()
    producer.profile.email = "htx@example.vn"
    producer.profile.save()
    user = make_person()
    end(order_of(user, make_listing(producer=producer, stock=5)))

    erase(user)

    assert set(OutboxMessage.objects.filter(key__contains=":producer:").values_list("recipient", "dead_at")) == {
        ("htx@example.vn", None)
    }
    assert not OutboxMessage.objects.filter(key__contains=":buyer:", dead_at=None).exists()


def test_an_open_order_lets_the_request_wait_and_tells_the_owner():
    user = make_person()
    order = order_of(user, make_listing(stock=5))

    request = erase(user)

    order.refresh_from_db()
    assert (request.state, order.buyer_name) == (S.WAITING, "Đoàn Thị Yến Khanh")
    assert erase(user).pk == request.pk
    assert OutboxMessage.objects.filter(kind="erasure_waits", recipient=EMAIL).count() == 1


def test_a_waiting_request_is_done_once_the_return_window_is_over():
    user = make_person()
    order = order_of(user, make_listing(stock=5))
    delivered = clock.now()
    deliver(order, now=delivered)
    erase(user)

    assert erase_due(now=delivered + RETURN_WINDOW - timedelta(minutes=1)) == 0
    assert erase_due(now=delivered + RETURN_WINDOW) == 1
    assert erase_due(now=delivered + RETURN_WINDOW) == 0
    # Only the letter that it is done still knows where to go, until it went.
    assert OutboxMessage.objects.filter(recipient=EMAIL).values_list("kind", flat=True).get() == "erasure_done"
    while Drain(clock=lambda: delivered + RETURN_WINDOW).deliver_next():
        pass
    assert OutboxMessage.objects.get(kind="erasure_done").sent_at is not None
    assert places_that_know() == []


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "tài khoản và dữ liệu cá nhân"), ("en", "your personal data were erased")]
)
def test_the_letter_that_it_is_done_says_when_it_was_asked_for_and_by_nobody_s_name(language, words):
    user = make_person()
    request = ErasureRequest.objects.create(user=user, state=S.DONE, requested_at=clock.now(), done_at=clock.now())
    post_done(request=request, email=EMAIL, phone="", language=language, now=clock.now())

    text = render_message(OutboxMessage.objects.get(kind="erasure_done"), today=clock.today())

    assert words in text.body
    assert words in text.html
    assert not [word for word in WORDS if word in text.body + text.html]


def test_a_waiting_request_can_be_withdrawn():
    user = make_person()
    end_later = order_of(user, make_listing(stock=5))
    erase(user)

    withdraw_erasure(user_id=user.pk, actor=actor_for(user), now=clock.now())
    end(end_later)

    assert erase_due(now=clock.now()) == 0
    with pytest.raises(NoSuchRequest):
        withdraw_erasure(user_id=user.pk, actor=actor_for(user), now=clock.now())


def test_who_holds_a_role_is_refused():
    for user in (make_member(make_producer()), make_officer(), make_user(is_staff=True), make_user(is_superuser=True)):
        with pytest.raises(HoldsRole):
            erase(user)
        user.refresh_from_db()
        assert user.is_active


def test_the_audit_log_says_what_happened_and_names_nobody():
    user = make_person()
    erase(user)

    told = AuditEntry.objects.filter(object_type="person").order_by("pk")
    assert list(told.values_list("action", "actor_id", "object_id", "label")) == [
        ("person.erasure_requested", user.pk, str(user.pk), ""),
        ("person.erased", user.pk, str(user.pk), ""),
    ]


def test_consents_are_withdrawn_and_stay_as_proof():
    user = make_person()
    how = Circumstances(now=clock.now())
    answer_consent(subject=consent_of(user.pk), purpose=Purpose.NEWS_SMS, is_given=True, how=how)

    erase(user)

    assert not is_allowed(subject=consent_of(user.pk), purpose=Purpose.NEWS_SMS)
    assert list(ConsentRecord.objects.values_list("is_given", "channel")) == [(True, "web"), (False, "erasure")]


def test_what_a_page_in_flight_wrote_a_moment_later_is_swept():
    user = make_person()
    erase(user)
    write_address(user_id=user.pk, entry=AddressEntry("Yến Khanh", PHONE, make_commune().code, STREET))

    sweep_after(now=clock.now())

    assert places_that_know() == []


def test_a_guest_is_erased_by_order():
    tea = make_listing(stock=5)
    order = order_of(None, tea)
    assert erase_guest_order(order_id=order.pk, actor=SYSTEM, now=clock.now()).state == S.WAITING
    end(order)

    assert erase_due(now=clock.now()) == 1
    assert places_that_know() == []
    assert erase_guest_order(order_id=order.pk, actor=SYSTEM, now=clock.now()).state == S.DONE


def test_a_guests_other_order_keeps_its_messages():
    tea = make_listing(stock=5)
    first, second = order_of(None, tea), order_of(None, tea)
    end(first)

    erase_guest_order(order_id=first.pk, actor=SYSTEM, now=clock.now())

    second.refresh_from_db()
    assert second.buyer_name == "Đoàn Thị Yến Khanh"
    assert OutboxMessage.objects.filter(order=second, recipient=EMAIL).exists()
    assert not OutboxMessage.objects.filter(order=first, recipient=EMAIL).exists()
    assert Order.objects.get(pk=first.pk).email == ""


def test_an_account_with_an_unproved_address_reaches_no_orders_of_its_owner():
    order = order_of(None, make_listing(stock=5))
    end(order)
    thief = make_user(EMAIL)
    EmailAddress.objects.create(user=thief, email=EMAIL, verified=False, primary=True)

    erase(thief)

    order.refresh_from_db()
    assert order.guest_email == EMAIL
    assert StockNotice.objects.count() == 0
