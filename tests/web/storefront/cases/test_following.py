"""The reporter's own page: opened by its secret link, shows what was said to each other and never what the office notes."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.cases.forgetting import forget_person
from shop.domain.cases.handling import answer_case, ask_reporter, close_case, note_case, take_case
from shop.domain.cases.links import status_token
from shop.domain.producers.staff import actor_of
from shop.web.storefront.cases.limits import WRONG_LINKS_PER_HOUR
from tests.factories import make_case, make_officer

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def officer():
    return actor_of(user=make_officer(first_name="Cán", last_name="Bộ Kín"))


@pytest.fixture
def case(officer):
    made = make_case()
    take_case(case_id=made.pk, seen_handler_id=None, actor=officer, now=NOW)
    return made


def path_of(case):
    return f"/vu-viec/{case.number}/{status_token(case)}/"


def test_it_shows_both_sides_and_no_note_no_officer_no_contact(client, case, officer):
    answer_case(case_id=case.pk, text="Chúng tôi đang hỏi chủ thể.", actor=officer, now=NOW)
    note_case(case_id=case.pk, text="Nghi chủ thể nói dối", actor=officer, now=NOW)

    response = client.get(path_of(case))
    page = response.content.decode()

    assert [words in page for words in ("đang hỏi chủ thể", "Giấy dán", "Đang xử lý")] == [True, True, True]
    assert [words in page for words in ("nói dối", "Bộ Kín", "buoi-", "Bưởi")] == [False] * 4
    assert (response["Cache-Control"], response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "no-store",
        "noindex",
        "strict-origin",
    )


def test_a_question_is_answered_on_the_page(client, case, officer):
    ask_reporter(case_id=case.pk, text="Ở chợ nào?", actor=officer, now=NOW)
    assert "Văn phòng hỏi thêm bạn" in client.get(path_of(case)).content.decode()

    response = client.post(path_of(case), {"body": "Chợ Thái"})

    case.refresh_from_db()
    assert (response.status_code, case.state) == (303, "in_progress")
    assert "Chợ Thái" in client.get(path_of(case)).content.decode()


def test_an_empty_word_and_a_closed_case_are_told(client, case, officer):
    empty = client.post(path_of(case), {"body": "  "})
    close_case(case_id=case.pk, outcome="unfounded", text="Giấy này thật.", actor=officer, now=NOW)
    closed = client.post(path_of(case), {"body": "Nhưng"})

    assert (empty.status_code, closed.status_code) == (422, 409)
    assert "vừa được đóng" in closed.content.decode()
    page = client.get(path_of(case)).content.decode()
    assert [words in page for words in ("Không có căn cứ", "Giấy này thật.", "<textarea")] == [True, True, False]


def test_a_wrong_link_is_no_page_and_trying_on_is_stopped(client, case):
    other = make_case()
    for path in (f"/vu-viec/{case.number}/{status_token(other)}/", f"/vu-viec/VV-KHONGCO1/{status_token(case)}/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"body": "Chào"}).status_code == 404
    statuses = [client.get(f"/vu-viec/{case.number}/{'a' * 32}/").status_code for _ in range(WRONG_LINKS_PER_HOUR)]
    assert statuses[-1] == 429
    assert client.get(path_of(case)).status_code == 200


def test_a_forgotten_reporter_reads_that_it_is_forgotten(client, case):
    forget_person(email=case.reporter_email, now=NOW + timedelta(days=1))

    page = client.get(path_of(case)).content.decode()

    assert ("đã được xoá" in page, "<textarea" in page) == (True, False)


def test_english_pages_speak_english(client, case):
    page = client.get(f"/en{path_of(case)}").content.decode()

    assert ("Case VV-" in page, "In progress" in page, "What you sent" in page) == (True, True, True)
