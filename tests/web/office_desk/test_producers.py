"""Producers: found, decided on, invited by letter; and who may."""

import re

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.parcels.models import Parcel
from shop.domain.people.models import Officer
from shop.domain.producers.claim_codes import hash_of
from shop.domain.producers.claiming import producer_of_code
from shop.domain.producers.models import ClaimCode, Membership
from tests.components.showing import show
from tests.factories import (
    make_certificate,
    make_listing,
    make_member,
    make_officer,
    make_order,
    make_producer,
    make_province,
    make_user,
)
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

LIST = "/van-phong/chu-the/"


@pytest.fixture
def office(client):
    return log_in(client, make_officer(), second_factor=True)


def _page(producer, part=""):
    return f"{LIST}{producer.pk}/{part}"


def _act(client, producer, act, reason="Hồ sơ đã kiểm tra"):
    return client.post(_page(producer), {"act": act, "reason": reason})


def _status(producer):
    producer.profile.refresh_from_db()
    return producer.profile.status


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=che tan", {"tea"}),
        ("q=CHÈ", {"tea"}),
        ("trang-thai=pending", {"bee"}),
        ("trang-thai=nonsense", {"tea", "bee"}),
        ("tinh=01", {"bee"}),
        ("giay=co", {"tea"}),
        ("giay=khong", {"bee"}),
        ("ban=co", {"tea"}),
        ("ban=khong&q=ong", {"bee"}),
        ("q=%00%27%3B--", set()),
    ],
)
def test_producers_are_found_by_name_standing_place_and_goods(office, query, found):
    make_listing(producer=make_producer("HTX Chè Tân Cương"))
    make_producer("Trại ong Ba Vì", status="pending", province=make_province("01"))

    page = office.get(f"{LIST}?{query}").content.decode()

    names = {"tea": "HTX Chè Tân Cương", "bee": "Trại ong Ba Vì"}
    assert {key for key, name in names.items() if name in page} == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(office, count, django_assert_max_num_queries):
    for number in range(count):
        make_listing(f"Chè {number}", producer=make_producer(f"HTX {number}"))

    with django_assert_max_num_queries(30):
        assert office.get(LIST).status_code == 200


def test_the_menu_counts_who_waits(office):
    make_producer(status="pending")

    rooms = {item["name"]: item["count"] for item in office.get("/van-phong/").context["menu"]}

    assert rooms["producers"] == 1


def test_a_pending_producer_is_approved_and_its_people_sell(office):
    producer = make_producer(status="pending")
    make_member(producer)

    assert _act(office, producer, "approve", reason="").status_code == 302

    assert _status(producer) == "active"


def test_a_suspension_is_seen_everywhere_at_once(office):
    tea = make_listing()
    owner, shopper = log_in(Client(), make_member(tea.producer)), Client()
    make_order((tea, 1))

    _act(office, tea.producer, "suspend", reason="Bán hàng không đúng nhãn")

    assert Parcel.objects.get().status == "on_hold"
    assert "Chủ thể hiện không nhận đơn" in shopper.get(tea.product.get_absolute_url()).content.decode()
    assert owner.get("/ban-hang/").status_code == 302
    assert AuditEntry.objects.filter(action="producer.suspended", reason="Bán hàng không đúng nhãn").exists()


def test_a_suspended_producers_people_read_and_finish_what_was_released(office):
    tea = make_listing()
    user = make_member(tea.producer)
    parcel = make_order((tea, 1)).parcels.get()
    _act(office, tea.producer, "suspend")
    user.refresh_from_db()
    desk = log_in(Client(), user)

    held = desk.post(f"/ban-hang/kien/{parcel.pk}/", {"act": "confirm"})
    released = office.post(_page(tea.producer, "kien/"), {"parcel": parcel.pk, "reason": "Hàng đã kiểm"})
    confirmed = desk.post(f"/ban-hang/kien/{parcel.pk}/", {"act": "confirm"})

    assert (held.status_code, released.status_code, confirmed.status_code) == (409, 302, 302)
    for data in ({"act": "hide"}, {"act": "publish"}):
        assert desk.post(f"/ban-hang/san-pham/{tea.pk}/", data).status_code == 409
    form = {"act": "send", "title": "Khác", "draft": ""}
    assert desk.post(f"/ban-hang/san-pham/{tea.pk}/gioi-thieu/", form).status_code == 409
    assert "Gian hàng đang bị đình chỉ" in desk.get("/ban-hang/").content.decode()


def test_reinstating_brings_products_back(office):
    tea = make_listing()
    _act(office, tea.producer, "suspend")

    _act(office, tea.producer, "reinstate")

    assert _status(tea.producer) == "active"
    assert "không nhận đơn" not in Client().get(tea.product.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("status", "act"), [("terminated", "reinstate"), ("unclaimed", "suspend"), ("active", "refuse")])
def test_an_act_that_does_not_fit_is_answered_in_words(office, status, act):
    producer = make_producer(status=status)

    answer = _act(office, producer, act)

    assert answer.status_code == 409
    assert "Không làm được" in answer.content.decode()
    assert _status(producer) == status


@pytest.mark.parametrize("act", ["refuse", "suspend", "reinstate", "terminate"])
def test_an_act_without_a_reason_keeps_its_form_open(office, act):
    status = {"refuse": "pending", "reinstate": "suspended"}.get(act, "active")
    producer = make_producer(status=status)

    answer = _act(office, producer, act, reason=" ")

    assert answer.status_code == 400
    assert "Hãy ghi lý do" in answer.content.decode()
    assert _status(producer) == status


def test_the_same_act_again_changes_nothing(office):
    producer = make_producer()
    _act(office, producer, "suspend")

    answer = office.post(_page(producer), {"act": "suspend", "reason": "x"}, follow=True)

    assert "Việc này đã được làm trước đó" in answer.content.decode()
    assert AuditEntry.objects.filter(action="producer.suspended").count() == 1


def test_an_officer_who_works_there_is_refused(client):
    officer, producer = make_officer(), make_producer()
    make_member(producer, user=officer)
    log_in(client, officer, second_factor=True)

    assert _act(client, producer, "suspend").status_code == 409
    assert _status(producer) == "active"


def test_outside_ones_place_there_is_no_producer(client):
    producer = make_producer(province=make_province("19"), status="unclaimed")
    log_in(client, make_officer(scope=Officer.Scope.PROVINCE, province=make_province("01")), second_factor=True)

    assert client.get(_page(producer)).status_code == 404
    assert _act(client, producer, "terminate").status_code == 404
    for part in ("thu/", "nguoi/", "kien/"):
        assert client.post(_page(producer, part), {"reason": "x"}).status_code == 404
    client.post(f"{LIST}thu/", {"tinh": "19"})
    assert not ClaimCode.objects.exists()
    assert producer.name not in client.get(LIST).content.decode()


def test_people_are_let_in_and_out(office):
    producer, user = make_producer(), make_user("chu@example.vn")
    person = log_in(Client(), user)

    form = {"act": "add", "login": "chu@example.vn", "role": "producer_owner", "reason": "Đại diện mới"}
    office.post(_page(producer, "nguoi/"), form)
    inside = person.get("/ban-hang/").status_code
    office.post(_page(producer, "nguoi/"), {"act": "remove", "membership": Membership.objects.get().pk, "reason": "Nghỉ"})

    assert (inside, person.get("/ban-hang/").status_code) == (200, 404)


@pytest.mark.parametrize(
    "form",
    [
        {"act": "add", "login": "khong-co@example.vn", "role": "producer_owner", "reason": "x"},
        {"act": "add", "login": "khong-phai-so", "role": "producer_owner", "reason": "x"},
        {"act": "add", "login": "chu@example.vn", "role": "staff", "reason": "x"},
        {"act": "add", "login": "chu@example.vn", "role": "producer_owner", "reason": ""},
        {"act": "remove", "membership": "", "reason": "x"},
    ],
)
def test_a_wrong_form_about_people_changes_nothing_and_is_answered(office, form):
    make_user("chu@example.vn")

    assert office.post(_page(make_producer(), "nguoi/"), form).status_code == 400
    assert not Membership.objects.exists()


def test_another_producers_parcel_is_not_released_here(office):
    tea, honey = make_listing(), make_listing("Mật ong", producer=make_producer("Trại ong"))
    parcel = make_order((honey, 1)).parcels.get()
    _act(office, honey.producer, "suspend")

    answer = office.post(_page(tea.producer, "kien/"), {"parcel": parcel.pk, "reason": "x"})

    assert answer.status_code == 404
    assert Parcel.objects.get().status == "on_hold"


def codes_in(page):
    return re.findall(r'class="claim-code num">([A-Z0-9-]{19})<', page)


def test_a_letter_shows_a_code_that_opens_its_producer_and_is_shown_once(office):
    producer = make_producer("HTX Chè La Bằng", status="unclaimed", address_as_certified="Xóm Rừng Vần")
    make_certificate(producer=producer, product_name="Chè La Bằng")

    answer = office.post(_page(producer, "thu/"))

    page = answer.content.decode()
    (code,) = codes_in(page)
    assert producer_of_code(code_hash=hash_of(code), now=clock.now()).producer == producer
    for words in ("HTX Chè La Bằng", "Xóm Rừng Vần", "Chè La Bằng, 4 sao", "/ban-hang/nhan/", "English:", "<svg"):
        assert words in page
    assert "no-store" in answer["Cache-Control"]
    assert code not in office.get(_page(producer)).content.decode()


def test_letters_of_a_province_are_a_sheet_each(office):
    for number in range(3):
        make_producer(f"HTX {number}", status="unclaimed")
    make_producer("HTX đã nhận")
    make_producer("HTX nơi khác", status="unclaimed", province=make_province("01"))

    seen = office.get(f"{LIST}thu/?tinh=19").content.decode()
    page = office.post(f"{LIST}thu/", {"tinh": "19"}).content.decode()

    assert "3 chủ thể chưa nhận gian hàng" in seen
    assert len(set(codes_in(page))) == page.count('class="sheet') == 3
    assert ClaimCode.objects.count() == 3


def test_letters_are_not_made_for_the_whole_country_by_an_empty_form(office):
    make_producer(status="unclaimed")

    assert office.post(f"{LIST}thu/", {}).status_code == 200
    assert not ClaimCode.objects.exists()


def test_a_claimed_producer_gets_no_letter(office):
    assert office.post(_page(make_producer(status="pending"), "thu/")).status_code == 409


def test_no_text_runs_and_everything_is_english_too(office):
    script = "<script>alert(1)</script>"
    producer = make_producer(script, status="unclaimed", address_as_certified=script)
    pages = [office.get(f"/en{LIST}"), office.get(f"/en{_page(producer)}"), office.post(f"/en{_page(producer, 'thu/')}")]

    texts = [page.content.decode() for page in pages]
    assert all(script not in text for text in texts)
    assert "Unclaimed" in texts[0]
    assert "Make a code and print the letter" in texts[1]


@pytest.mark.parametrize("status", ["unclaimed", "pending", "active", "suspended", "terminated"])
def test_the_page_is_accessible_in_every_standing(office, phone_page, desk_page, assert_accessible, status):
    tea = make_listing("Chè Tân Cương hảo hạng", producer=make_producer("HTX " + "tên rất dài " * 10))
    make_member(tea.producer)
    make_order((tea, 1))
    if status != "active":
        _act(office, tea.producer, "suspend")
        tea.producer.profile.status = status
        tea.producer.profile.save()
    html = office.get(_page(tea.producer)).content.decode()

    assert_accessible(show(phone_page, html))
    assert_accessible(show(desk_page, html))


@pytest.mark.parametrize("part", ["", "thu/?tinh=19"])
def test_the_lists_are_accessible(office, phone_page, desk_page, assert_accessible, part):
    make_producer(status="unclaimed")
    html = office.get(f"{LIST}{part}").content.decode()

    assert_accessible(show(phone_page, html))
    assert_accessible(show(desk_page, html))


def test_the_letter_is_accessible(office, phone_page, desk_page, assert_accessible):
    html = office.post(_page(make_producer(status="unclaimed"), "thu/")).content.decode()

    assert_accessible(show(phone_page, html))
    assert_accessible(show(desk_page, html))
