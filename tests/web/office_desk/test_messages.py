from datetime import timedelta

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_province, make_staff
from tests.factories.logins import log_in
from tests.factories.notifications import make_message


@pytest.fixture
def office(client, db):
    """The desk of an officer who answers for the whole country."""
    return log_in(client, make_officer(), second_factor=True)


def keep(message, *, html="<h1>Chào Châu</h1>"):
    """Let a message be kept, as if drained by a shop without a mail server."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        sent_at=clock.now(), subject="Đã nhận đơn", body_text="Chào Châu\n", body_html=html, attempts=1
    )
    return message


def test_message_list_shows_recipient_state_and_order(office):
    order = make_order((make_listing(), 1))

    page = office.get("/van-phong/tin-nhan/").content.decode()

    assert "chau@example.vn" in page
    assert order.number in page
    assert "Đã đặt hàng, gửi người mua" in page
    assert "Chờ gửi" in page


@pytest.mark.parametrize(("state", "shown"), [("waiting", "waiting"), ("kept", "kept"), ("failed", "failed")])
def test_message_list_filters_by_state(office, state, shown):
    make_message(recipient="waiting@example.vn")
    keep(make_message(recipient="kept@example.vn"))
    failed = make_message(recipient="failed@example.vn")
    OutboxMessage.objects.filter(pk=failed.pk).update(dead_at=clock.now(), last_error="550 no such mailbox")

    page = office.get(f"/van-phong/tin-nhan/?trang-thai={state}").content.decode()

    recipients = [name for name in ("waiting", "kept", "failed") if f"{name}@example.vn" in page]
    assert recipients == [shown]
    assert ("550 no such mailbox" in page) == (state == "failed")


def test_message_list_takes_as_many_queries_for_one_as_for_three(office, django_assert_max_num_queries):
    order = make_order((make_listing(), 1))
    OutboxMessage.objects.filter(order=order).exclude(kind="order_placed").delete()
    taken = []
    for _ in range(2):
        with django_assert_max_num_queries(26) as queries:
            assert office.get("/van-phong/tin-nhan/").status_code == 200
        taken.append(len(queries))
        make_order((make_listing(), 1))

    assert OutboxMessage.objects.count() == 5
    assert taken[0] == taken[1]


def test_message_page_shows_what_a_kept_message_looked_like(office):
    message = keep(make_message())

    page = office.get(f"/van-phong/tin-nhan/{message.pk}/").content.decode()

    assert f'src="/van-phong/tin-nhan/{message.pk}/hien-thi/"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "Giữ lại" in page
    assert "Chào Châu" in page


def test_message_look_is_the_mail_behind_a_policy_that_allows_nothing(office):
    message = keep(make_message(), html="<head></head><h1>Chào</h1><script>alert(1)</script>")

    response = office.get(f"/van-phong/tin-nhan/{message.pk}/hien-thi/")

    assert response.content.decode() == '<head><base target="_blank"></head><h1>Chào</h1><script>alert(1)</script>'
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
    assert policy["frame-ancestors"] == "'self'"
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]


def test_send_again_puts_a_failed_message_back_into_the_queue(office):
    message = make_message()
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now(), last_error="550 no such mailbox", attempts=7)

    response = office.post(f"/van-phong/tin-nhan/{message.pk}/gui-lai/", follow=True)

    message.refresh_from_db()
    assert (message.dead_at, message.attempts) == (None, 0)
    assert message.available_at <= clock.now()
    assert "Tin nhắn đã vào hàng chờ" in response.content.decode()


def test_send_again_by_get_changes_nothing(office):
    message = keep(make_message())

    assert office.get(f"/van-phong/tin-nhan/{message.pk}/gui-lai/").status_code == 405
    assert OutboxMessage.objects.get(pk=message.pk).sent_at is not None


def test_send_again_without_a_recipient_says_why_not(office):
    message = keep(make_message())
    OutboxMessage.objects.filter(pk=message.pk).update(recipient="", sent_at=clock.now() - timedelta(days=31))

    response = office.post(f"/van-phong/tin-nhan/{message.pk}/gui-lai/", follow=True)

    assert "Địa chỉ người nhận đã được xoá" in response.content.decode()
    assert OutboxMessage.objects.get(pk=message.pk).sent_at is not None


def test_an_officer_of_one_province_reads_of_its_certificates_and_of_no_buyer(client, db):
    thai_nguyen, lam_dong = make_province("19"), make_province("68")
    own = make_message(certificate=make_certificate(province=thai_nguyen), recipient="tea@example.vn")
    other = make_message(certificate=make_certificate(province=lam_dong), recipient="coffee@example.vn")
    make_order((make_listing(), 1))
    log_in(client, make_officer(scope="province", province=thai_nguyen), second_factor=True)

    page = client.get("/van-phong/tin-nhan/").content.decode()

    assert [name for name in ("tea@", "coffee@", "chau@") if name in page] == ["tea@"]
    assert client.get(f"/van-phong/tin-nhan/{own.pk}/").status_code == 200
    for address in ("", "hien-thi/"):
        assert client.get(f"/van-phong/tin-nhan/{other.pk}/{address}").status_code == 404
    assert client.post(f"/van-phong/tin-nhan/{other.pk}/gui-lai/").status_code == 404


def test_staff_read_messages_and_others_do_not(db):
    message = keep(make_message())
    staff = log_in(Client(), make_staff(), second_factor=True)

    assert staff.get(f"/van-phong/tin-nhan/{message.pk}/").status_code == 200
    assert staff.get("/van-phong/").status_code == 200
    assert Client().get(f"/van-phong/tin-nhan/{message.pk}/").status_code == 302


def test_a_way_into_an_account_is_read_by_staff_alone(office):
    message = keep(make_message(kind="account_password_reset"))
    staff = log_in(Client(), make_staff(), second_factor=True)

    assert office.get(f"/van-phong/tin-nhan/{message.pk}/").status_code == 404
    assert staff.get(f"/van-phong/tin-nhan/{message.pk}/").status_code == 200


@pytest.mark.parametrize("width", [390, 1280])
def test_office_desk_is_accessible(live_stack, browser, assert_accessible, width):  # noqa: F811
    address = live_stack()
    make_order((make_listing(), 1))
    kept = keep(make_message())
    session = log_in(Client(), make_officer(), second_factor=True).cookies["sessionid"].value
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()

    for path in ("", "tin-nhan/", "tin-nhan/?trang-thai=sent", f"tin-nhan/{kept.pk}/"):
        for language in ("", "/en"):
            page.goto(f"{address}{language}/van-phong/{path}")
            assert_accessible(page)

    context.close()
