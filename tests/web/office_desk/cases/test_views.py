"""The office's queue of cases: who sees what, what each button does, and what is answered to a late or crafted press."""

from datetime import timedelta

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.cases.handling import close_case, take_case
from shop.domain.cases.models import Case
from shop.domain.notifications.models import OutboxMessage
from shop.domain.producers.staff import actor_of
from tests.axe import assert_accessible, assert_no_sideways_scroll  # noqa: F401 -- a fixture
from tests.factories import make_case, make_certificate, make_officer, make_province, make_staff, make_user
from tests.factories.logins import log_in

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def officer(db):
    return make_officer()


@pytest.fixture
def office(client, officer):
    return log_in(client, officer, second_factor=True)


def page_of(client, path="/van-phong/vu-viec/", **query):
    return client.get(path, query).content.decode()


def path_of(case):
    return f"/van-phong/vu-viec/{case.pk}/"


def take(case, user):
    take_case(case_id=case.pk, seen_handler_id=None, actor=actor_of(user=user), now=clock.now())


def test_the_queue_shows_the_most_overdue_first(office):
    fresh, late = make_case(), make_case(now=clock.now() - timedelta(days=2))

    page = page_of(office)

    assert page.index(late.number) < page.index(fresh.number)
    assert ("trễ nhận 1 ngày" in page, "nhận trong 2" in page) == (True, True)
    assert late.number in page_of(office, xem="qua-han")
    assert fresh.number not in page_of(office, xem="qua-han")


def test_the_queue_is_narrowed_by_kind_and_words(office):
    question, report = make_case(kind="question"), make_case(product_name="Chè lạ")

    assert [case.number in page_of(office, loai="question") for case in (question, report)] == [True, False]
    assert [case.number in page_of(office, q="chè lạ") for case in (question, report)] == [False, True]
    assert "Không có vụ việc nào ở đây" in page_of(office, q="zzz\x00", loai="khong", xem="khong")


def test_the_front_page_and_the_search_know_cases(office):
    case = make_case()

    assert "Vụ việc cần xử lý" in page_of(office, "/van-phong/")
    assert case.number in page_of(office, "/van-phong/tim/", q=case.number)


def test_the_contact_is_for_whoever_handles_the_case(office, officer):
    case = make_case()
    before = page_of(office, path_of(case))
    office.post(path_of(case), {"act": "take", "seen_handler": ""})
    after = page_of(office, path_of(case))

    for words in ("buoi-", "Trần Thị Bưởi"):
        assert (words in before, words in after) == (False, True)
    assert "buoi-" not in page_of(log_in(Client(), make_officer(), second_factor=True), path_of(case))
    assert AuditEntry.objects.get(action="case.taken").actor_id == officer.pk


def test_answer_ask_note_close_and_reopen(office, officer):
    case = make_case()
    take(case, officer)
    for act, values, state in (
        ("answer", {"answer-text": "Chúng tôi đã xem."}, "in_progress"),
        ("ask", {"answer-text": "Ở chợ nào?"}, "waiting"),
        ("note", {"note-text": "Gọi chủ thể"}, "waiting"),
        ("close", {"close-outcome": "confirmed", "close-text": "Đã gỡ tem."}, "closed"),
        ("reopen", {}, "in_progress"),
    ):
        response = office.post(path_of(case), {"act": act, **values})
        case.refresh_from_db()
        assert (act, response.status_code, case.state) == (act, 302, state)
    page = page_of(office, path_of(case))
    for words in ("Chúng tôi đã xem.", "Ở chợ nào?", "Gọi chủ thể", "Đã gỡ tem.", "Mở lại", "nội bộ"):
        assert words in page
    kinds = OutboxMessage.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["case_received", "case_answered", "case_asked", "case_closed"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"act": "answer", "answer-text": " "}, "Viết vài chữ rồi gửi."),
        ({"act": "answer", "answer-text": "x" * 5001}, "Dài quá 5.000 chữ cái."),
        ({"act": "close", "close-outcome": "", "close-text": "Giữ chữ này"}, "Chọn kết quả."),
        ({"act": "close", "close-outcome": "won", "close-text": "Giữ chữ này"}, "Chọn kết quả."),
        ({"act": "close", "close-outcome": "solved", "close-text": ""}, "Hãy ghi lý do đóng."),
    ],
)
def test_a_form_that_cannot_be_taken_keeps_what_was_typed(office, officer, values, words):
    case = make_case()
    take(case, officer)

    response = office.post(path_of(case), values)
    page = response.content.decode()

    assert (response.status_code, words in page, values.get("close-text", "") in page) == (422, True, True)
    assert case.messages.count() == 0


@pytest.mark.parametrize("act", ["", "erase", "take_case"])
def test_a_crafted_act_does_nothing(office, act):
    case = make_case()

    assert office.post(path_of(case), {"act": act}).status_code == 422
    assert case.events.count() == 1


def test_late_presses_are_409_with_a_sentence(office, officer):
    colleague = make_officer()
    theirs, closed, silent = make_case(), make_case(), make_case()
    take(theirs, colleague)
    for case in (closed, silent):
        take(case, officer)
    close_case(case_id=closed.pk, outcome="solved", text="Xong", actor=actor_of(user=officer), now=clock.now())
    Case.objects.filter(pk=silent.pk).update(reporter_email="")

    for case, values, words in (
        (theirs, {"act": "take", "seen_handler": ""}, "Một đồng nghiệp đang xử lý"),
        (theirs, {"act": "take", "seen_handler": "9" * 30}, "Một đồng nghiệp đang xử lý"),
        (theirs, {"act": "answer", "answer-text": "Chào"}, "Một đồng nghiệp đang xử lý"),
        (closed, {"act": "answer", "answer-text": "Chào"}, "đã đóng"),
        (closed, {"act": "close", "close-outcome": "unfounded", "close-text": "Khác"}, "đã đóng"),
        (silent, {"act": "ask", "answer-text": "Chào"}, "không để lại cách liên hệ"),
    ):
        response = office.post(path_of(case), values)
        assert (response.status_code, words in response.content.decode()) == (409, True), values


def test_taking_over_is_a_press_of_its_own(office, officer):
    colleague = make_officer()
    case = make_case()
    take(case, colleague)
    assert "Nhận thay đồng nghiệp" in page_of(office, path_of(case))

    assert office.post(path_of(case), {"act": "take", "seen_handler": colleague.pk}).status_code == 302
    case.refresh_from_db()
    assert case.assigned_to_id == officer.pk


def test_another_province_is_not_there(client, db):
    lam_dong, thai_nguyen = make_province("68"), make_province("19")
    theirs = make_case(code=make_certificate(province=lam_dong).code)
    own = make_case(code=make_certificate(province=thai_nguyen).code)
    nowhere = make_case()
    log_in(client, make_officer(scope="province", province=thai_nguyen), second_factor=True)

    page = page_of(client, xem="tat-ca")

    assert [case.number in page for case in (own, theirs, nowhere)] == [True, False, False]
    for hidden in (theirs, nowhere):
        assert client.get(path_of(hidden)).status_code == 404
        assert client.post(path_of(hidden), {"act": "take", "seen_handler": ""}).status_code == 404


def test_others_do_not_get_in(db):
    case = make_case()
    consumer = log_in(Client(), make_user())
    staff = log_in(Client(), make_staff(), second_factor=True)

    assert [consumer.get(path_of(case)).status_code, Client().get(path_of(case)).status_code] == [404, 302]
    assert staff.get(path_of(case)).status_code == 200
    assert staff.post(path_of(case), {"act": "take", "seen_handler": ""}).status_code == 302


def test_the_page_leads_to_the_acts_on_the_certificate(office):
    certificate = make_certificate(code="TNG-2026-00017")

    assert f'href="/van-phong/chung-nhan/{certificate.code}/"' in page_of(office, path_of(make_case(code=certificate.code)))
    assert "không có trong sổ" in page_of(office, path_of(make_case(code="TNG-2020-99999")))


def test_markup_is_text(office, officer):
    case = make_case(body=SCRIPT, product_name=SCRIPT, seen_at=SCRIPT, link=f"javascript:{SCRIPT}", order_number=SCRIPT[:32])
    take(case, officer)
    office.post(path_of(case), {"act": "note", "note-text": SCRIPT})

    for page in (page_of(office, path_of(case)), page_of(office)):
        assert (SCRIPT in page, 'href="javascript' in page) == (False, False)


def test_the_queue_takes_as_many_queries_for_one_as_for_three(office, officer, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        case = make_case(code=make_certificate().code)
        take(case, officer)
        with django_assert_max_num_queries(45) as queries:
            assert office.get("/van-phong/vu-viec/").status_code == 200
        taken.append(len(queries))
        make_case()
        make_case(code=make_certificate().code)

    assert taken[0] == taken[1]


def test_english_desk_speaks_english(office):
    make_case()

    page = page_of(office, "/en/van-phong/vu-viec/")

    assert ("take up within" in page, "Report of a false star" in page, "To handle" in page) == (True, True, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_room_is_accessible(live_stack, browser, assert_accessible, width):  # noqa: F811
    address = live_stack()
    user = make_officer()
    case, long = make_case(code=make_certificate().code), make_case(body="dài" * 900, product_name="W" * 255)
    take(case, user)
    session = log_in(Client(), user, second_factor=True).cookies["sessionid"].value
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()

    for path in ("", "?xem=da-dong", f"{case.pk}/", f"{long.pk}/"):
        for language in ("", "/en"):
            page.goto(f"{address}{language}/van-phong/vu-viec/{path}")
            assert_accessible(page)
            assert_no_sideways_scroll(page)

    context.close()
