"""The two public forms: what they take, what they keep, what they refuse, and that robots leave nothing behind."""

import re
from uuid import uuid4

import pytest

from shop.domain.cases.links import status_token
from shop.domain.cases.models import Case
from shop.domain.notifications.models import OutboxMessage
from shop.web.storefront.cases.limits import CASES_PER_HOUR
from tests.factories import make_certificate, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
REPORT = {"product_name": "Chè lạ", "body": "Tem in 5 sao, không có mã."}
QUESTION = {"kind": "question", "body": "Bao giờ có chè?", "email": "buoi@example.vn", "consent": "on"}


def send(client, path="/bao-sao-gia/", **values):
    return client.post(path, {"form_key": str(uuid4()), **values})


@pytest.mark.parametrize("path", ["/bao-sao-gia/", "/lien-he/", "/en/bao-sao-gia/", "/en/lien-he/"])
def test_forms_are_ready_with_nothing_ticked_and_kept_by_no_cache(client, path):
    response = client.get(path)
    page = response.content.decode()

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert " checked" not in page
    assert re.search(r'name="form_key" value="[0-9a-f-]{36}"', page)


def test_a_person_need_not_type_what_the_account_knows_and_agrees_by_themselves(client):
    log_in(client, make_user(email="hoa@example.vn", first_name="Hoa", phone="+84912345678"))

    page = client.get("/lien-he/?don=OC-7").content.decode()

    for value in ("OC-7", "Lê Minh Hoa", "hoa@example.vn", "0912 345 678"):
        assert f'value="{value}"' in page
    assert ('<option value="order" selected' in page, " checked" in page) == (True, False)


def test_a_report_without_a_contact_opens_a_case_and_leads_to_its_page(client):
    response = send(client, **REPORT)

    case = Case.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/vu-viec/{case.number}/{status_token(case)}/")
    assert (case.kind, case.product_name, case.has_contact, case.consented_at) == ("false_star", "Chè lạ", False, None)
    assert case.number in client.get(response["Location"]).content.decode()


def test_a_report_knows_the_certificate_of_the_page_it_came_from(client):
    certificate = make_certificate(code="TNG-2026-00017", product_name="Chè Tân Cương")
    page = client.get("/bao-sao-gia/?ma=TNG-2026-00017").content.decode()
    assert ('value="TNG-2026-00017"' in page, "Về giấy TNG-2026-00017: Chè Tân Cương" in page) == (True, True)

    send(client, code="tng 2026 17", body="Tem bị dán sang gói khác.")

    assert Case.objects.get().certificate == certificate


def test_check_page_product_page_and_unknown_code_lead_to_the_form(client):
    certificate = make_certificate(code="TNG-2026-00017")
    assert "/bao-sao-gia/?ma=TNG-2026-00017" in client.get(f"/xac-minh/{certificate.code}/").content.decode()
    assert "/bao-sao-gia/?ma=TNG-2026-99999" in client.get("/xac-minh/TNG-2026-99999/").content.decode()
    assert 'href="/bao-sao-gia/"' in client.get("/").content.decode()


def test_a_question_needs_an_answerable_contact_with_consent(client):
    without = send(client, "/lien-he/", kind="question", body="Bao giờ?")
    unticked = send(client, "/lien-he/", **{**QUESTION, "consent": ""})

    assert [response.status_code for response in (without, unticked)] == [422, 422]
    assert "Cho biết email hoặc số điện thoại" in without.content.decode()
    assert "Hãy đánh dấu đồng ý" in unticked.content.decode()
    assert "buoi@example.vn" in unticked.content.decode()
    assert Case.objects.count() == 0

    assert send(client, "/lien-he/", **QUESTION).status_code == 303
    assert OutboxMessage.objects.get().recipient == "buoi@example.vn"


def test_an_english_page_makes_an_english_case(client):
    response = send(client, "/en/lien-he/", **QUESTION)

    assert response["Location"].startswith("/en/vu-viec/")
    assert Case.objects.get().language == "en"


def test_the_same_form_twice_is_one_case(client):
    key = str(uuid4())
    answers = [client.post("/bao-sao-gia/", {"form_key": key, **REPORT, "body": body}) for body in ("Một", "Hai")]

    assert Case.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


@pytest.mark.parametrize("key", ["", "khong-phai", "0" * 400])
def test_a_broken_form_key_still_opens_a_case(client, key):
    response = client.post("/bao-sao-gia/", {**REPORT, "form_key": key})

    assert response.status_code in {303, 422}
    assert Case.objects.count() == (response.status_code == 303)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"body": "Sai"}, "Cho biết ít nhất một điều"),
        ({"product_name": "Chè"}, "Viết vài chữ về điều bạn thấy"),
        ({**REPORT, "body": "x" * 3001}, "Dài quá 3.000 chữ cái"),
        ({**REPORT, "email": "khong-phai", "consent": "on"}, "Email chưa đúng"),
        ({**REPORT, "phone": "12", "consent": "on"}, "Số điện thoại không đúng"),
        ({**REPORT, "province": "99"}, "Chọn tỉnh, thành phố"),
        ({**REPORT, "link": "x" * 501}, "500"),
        ({**REPORT, "body": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(client, values, words):
    response = send(client, **values)
    page = response.content.decode()

    assert (response.status_code, words in page or "rỗng" in page, 'class="errs"' in page) == (422, True, True)
    assert values.get("product_name", "") in page
    assert Case.objects.count() == 0


def test_a_robot_is_thanked_and_leaves_nothing(client):
    response = send(client, **REPORT, website="http://spam.example")

    assert (response.status_code, response["Location"]) == (303, "/vu-viec/da-nhan/")
    assert "cảm ơn" in client.get(response["Location"]).content.decode()
    assert (Case.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_too_many_from_one_address_are_told_in_words_and_lose_nothing(client):
    answers = [send(client, **REPORT, seen_at=f"Chợ {place}") for place in range(CASES_PER_HOUR + 1)]
    last = answers[-1]
    page = last.content.decode()

    assert [answer.status_code for answer in answers] == [303] * CASES_PER_HOUR + [429]
    assert (last["Retry-After"], "nhiều lời gửi" in page, f"Chợ {CASES_PER_HOUR}" in page) == ("3600", True, True)
    assert Case.objects.count() == CASES_PER_HOUR
    assert client.post("/bao-sao-gia/", {**REPORT, "form_key": str(uuid4())}, REMOTE_ADDR="203.0.113.9").status_code == 303


def test_markup_is_text_everywhere(client):
    values = {"product_name": SCRIPT, "seen_at": SCRIPT, "link": f"javascript:{SCRIPT}", "body": SCRIPT, "code": SCRIPT[:64]}
    refused = send(client, **values, email="x").content.decode()
    page = client.get(send(client, **values)["Location"]).content.decode()
    given = client.get("/bao-sao-gia/", {"ma": SCRIPT, "ten": SCRIPT}).content.decode()

    for text in (refused, page, given):
        assert (SCRIPT in text, "&lt;script&gt;" in text, 'href="javascript' in text) == (False, True, False)


def test_a_form_of_another_site_is_refused():
    from django.test import Client  # noqa: PLC0415 -- only here a client that checks tokens

    assert Client(enforce_csrf_checks=True).post("/bao-sao-gia/", REPORT).status_code == 403
    assert Case.objects.count() == 0
