from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from tests.factories import make_certificate, make_decision, make_officer, make_province
from tests.factories.logins import log_in
from tests.factories.notifications import make_message
from tests.factories.office import make_act_request, make_entry


@pytest.fixture
def office(client, db):
    """The desk of an officer who answers for the whole country."""
    return log_in(client, make_officer(), second_factor=True)


def fail(message):
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now(), last_error="550 no such mailbox")


def test_home_lists_what_waits_with_its_number_and_the_way_there(office):
    fail(make_message(certificate=make_certificate()))
    make_act_request()

    page = office.get("/van-phong/")

    assert {item["name"]: item["count"] for item in page.context["waiting"]} == {"approvals": 1, "messages": 1}
    assert 'href="/van-phong/tin-nhan/?trang-thai=failed"' in page.content.decode()
    assert "Việc cần bạn ký" in page.content.decode()


def test_home_says_that_nothing_waits(office):
    page = office.get("/van-phong/")

    assert page.context["waiting"] == []
    assert "Không có việc nào đang chờ" in page.content.decode()


def test_home_counts_certificates_that_are_real(office):
    today = clock.today()
    make_certificate()
    make_certificate(valid_until=today + timedelta(days=30))
    make_certificate(issued_on=today - timedelta(days=1200), valid_until=today - timedelta(days=1))
    make_certificate(stored_state="suspended", stopped_on=today)
    make_certificate(decision=make_decision(is_sample=True))

    standings = office.get("/van-phong/").context["standings"]

    assert (standings.valid, standings.expiring, standings.suspended) == (2, 1, 1)
    assert standings.expired_this_month == (1 if today.day > 1 else 0)


def test_home_of_an_officer_of_one_province_counts_its_own(client, db):
    thai_nguyen, lam_dong = make_province("19"), make_province("68")
    make_certificate(province=thai_nguyen)
    make_certificate(province=lam_dong)
    make_entry(label="Nơi khác", province_code="19")
    make_entry(label="Ở đây", province_code="68")
    log_in(client, make_officer(scope="province", province=lam_dong), second_factor=True)

    page = client.get("/van-phong/")

    assert page.context["standings"].valid == 1
    assert lam_dong.name in page.content.decode()
    assert "Ở đây" in page.content.decode()
    assert "Nơi khác" not in page.content.decode()


def test_home_takes_as_many_queries_for_one_as_for_three(office, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        make_act_request()
        make_entry(user=make_officer())
        with django_assert_max_num_queries(60) as queries:
            assert office.get("/van-phong/").status_code == 200
        taken.append(len(queries))
        make_act_request()

    assert taken[0] == taken[1]


def test_the_english_home_is_english(office):
    page = office.get("/en/van-phong/").content.decode()

    assert "Waiting for you" in page
    assert "Nothing is waiting" in page
