"""What the office does with a case: who may, what follows, what is written down, and what is never written down."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.cases.handling import (
    CaseIsClosed,
    NobodyToAnswer,
    NotOurCase,
    WordsMissing,
    answer_case,
    ask_reporter,
    close_case,
    note_case,
    reopen_case,
    take_case,
    write_as_reporter,
)
from shop.domain.cases.opening import Reporter
from shop.domain.cases.scope import UnknownCase
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.people.actor import NOBODY
from shop.domain.producers.staff import actor_of
from tests.factories import make_case, make_certificate, make_member, make_officer, make_producer, make_province, make_staff

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def colleague():
    return actor_of(user=make_officer())


@pytest.fixture
def case(officer):
    """A case that the officer handles."""
    made = make_case()
    take_case(case_id=made.pk, seen_handler_id=None, actor=officer, now=NOW)
    made.refresh_from_db()
    return made


def texts(kind):
    return [render_message(message, today=NOW.date()).body for message in OutboxMessage.objects.filter(kind=kind)]


def test_taking_starts_the_work_and_is_done_once(case, officer):
    assert (case.state, case.assigned_to_id, case.taken_at) == ("in_progress", officer.user_id, NOW)
    assert take_case(case_id=case.pk, seen_handler_id=None, actor=officer, now=NOW) is False
    assert case.events.filter(action="taken").count() == 1


def test_a_colleague_takes_over_only_from_whom_the_page_showed(case, officer, colleague):
    with pytest.raises(NotOurCase):
        take_case(case_id=case.pk, seen_handler_id=None, actor=colleague, now=NOW)

    assert take_case(case_id=case.pk, seen_handler_id=officer.user_id, actor=colleague, now=NOW)
    case.refresh_from_db()
    assert (case.assigned_to_id, case.taken_at) == (colleague.user_id, NOW)
    assert list(case.events.values_list("action", flat=True)) == ["opened", "taken", "handed_over"]


def test_an_answer_goes_to_the_reporter_with_its_words(case, officer):
    answer_case(case_id=case.pk, text="Giấy này thật, <b>còn</b> hiệu lực.", actor=officer, now=NOW)

    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("in_progress", NOW)
    assert ["Giấy này thật, <b>còn</b> hiệu lực." in text for text in texts("case_answered")] == [True]
    html = render_message(OutboxMessage.objects.get(kind="case_answered"), today=NOW.date()).html
    assert "&lt;b&gt;còn&lt;/b&gt;" in html


def test_a_question_waits_until_the_reporter_writes(case, officer):
    ask_reporter(case_id=case.pk, text="Bạn thấy ở chợ nào?", actor=officer, now=NOW)
    case.refresh_from_db()
    assert (case.state, len(texts("case_asked"))) == ("waiting", 1)

    write_as_reporter(case_id=case.pk, text="Chợ Thái", now=NOW)
    case.refresh_from_db()
    assert (case.state, case.messages.last().body) == ("in_progress", "Chợ Thái")


def test_a_note_is_told_to_nobody(case, officer):
    before = OutboxMessage.objects.count()
    note_case(case_id=case.pk, text="Gọi Sở Nông nghiệp", actor=officer, now=NOW)

    assert OutboxMessage.objects.count() == before


def test_closing_says_how_and_why_once(case, officer):
    assert close_case(case_id=case.pk, outcome="confirmed", text="Đã gỡ tem sai.", actor=officer, now=NOW)
    assert close_case(case_id=case.pk, outcome="confirmed", text="Đã gỡ tem sai.", actor=officer, now=NOW) is False

    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == ("closed", "confirmed", NOW)
    assert ["Kết quả: Đúng như báo." in text and "Đã gỡ tem sai." in text for text in texts("case_closed")] == [True]


def test_closed_spam_is_told_to_nobody(case, officer):
    close_case(case_id=case.pk, outcome="spam", text="Quảng cáo", actor=officer, now=NOW)

    assert texts("case_closed") == []


def test_a_closed_case_takes_no_act_until_it_is_opened_again(case, officer, colleague):
    close_case(case_id=case.pk, outcome="solved", text="Xong", actor=officer, now=NOW)
    for act in (answer_case, ask_reporter, note_case):
        with pytest.raises(CaseIsClosed):
            act(case_id=case.pk, text="Nữa", actor=officer, now=NOW)
    for refused in (
        lambda: close_case(case_id=case.pk, outcome="unfounded", text="Khác", actor=officer, now=NOW),
        lambda: take_case(case_id=case.pk, seen_handler_id=officer.user_id, actor=colleague, now=NOW),
        lambda: write_as_reporter(case_id=case.pk, text="Còn một điều", now=NOW),
    ):
        with pytest.raises(CaseIsClosed):
            refused()

    assert reopen_case(case_id=case.pk, actor=colleague, now=NOW)
    assert reopen_case(case_id=case.pk, actor=colleague, now=NOW) is False
    case.refresh_from_db()
    assert (case.state, case.outcome, case.assigned_to_id) == ("in_progress", "", colleague.user_id)


def test_only_its_handler_acts_on_a_case(case, colleague):
    for act in (answer_case, ask_reporter, note_case):
        with pytest.raises(NotOurCase):
            act(case_id=case.pk, text="Chào", actor=colleague, now=NOW)
    with pytest.raises(NotOurCase):
        close_case(case_id=case.pk, outcome="solved", text="Xong", actor=colleague, now=NOW)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_words_are_needed(case, officer, text):
    for act in (answer_case, ask_reporter, note_case):
        with pytest.raises(WordsMissing):
            act(case_id=case.pk, text=text, actor=officer, now=NOW)
    with pytest.raises(WordsMissing):
        write_as_reporter(case_id=case.pk, text=text, now=NOW)
    for outcome, reason in (("solved", text), ("won", "Xong")):
        with pytest.raises(WordsMissing):
            close_case(case_id=case.pk, outcome=outcome, text=reason, actor=officer, now=NOW)


def test_who_left_no_contact_cannot_be_answered_but_the_case_can_be_closed(officer):
    case = make_case(reporter=Reporter())
    take_case(case_id=case.pk, seen_handler_id=None, actor=officer, now=NOW)

    with pytest.raises(NobodyToAnswer):
        answer_case(case_id=case.pk, text="Chào", actor=officer, now=NOW)
    assert close_case(case_id=case.pk, outcome="solved", text="Đã xử lý", actor=officer, now=NOW)
    assert OutboxMessage.objects.count() == 0


def test_cases_of_another_province_are_unknown():
    lam_dong = make_province("68")
    case = make_case(code=make_certificate(province=lam_dong).code)
    nowhere = make_case()
    of_thai_nguyen = actor_of(user=make_officer(scope="province", province=make_province("19")))
    of_lam_dong = actor_of(user=make_officer(scope="province", province=lam_dong))

    for actor, unknown in ((of_thai_nguyen, case), (of_lam_dong, nowhere), (NOBODY, case)):
        with pytest.raises(UnknownCase):
            take_case(case_id=unknown.pk, seen_handler_id=None, actor=actor, now=NOW)
    assert take_case(case_id=case.pk, seen_handler_id=None, actor=of_lam_dong, now=NOW)


def test_staff_handle_every_case_and_producers_none():
    case = make_case()
    with pytest.raises(UnknownCase):
        take_case(
            case_id=case.pk,
            seen_handler_id=None,
            actor=actor_of(user=make_member(make_producer(), role="producer_owner")),
            now=NOW,
        )

    assert take_case(case_id=case.pk, seen_handler_id=None, actor=actor_of(user=make_staff()), now=NOW)


def test_the_audit_log_knows_every_act_and_no_reporter(case, officer):
    answer_case(case_id=case.pk, text="Chào bà Bưởi", actor=officer, now=NOW)
    ask_reporter(case_id=case.pk, text="Bà Bưởi ở đâu", actor=officer, now=NOW)
    note_case(case_id=case.pk, text="Bà Bưởi gọi lại", actor=officer, now=NOW)
    close_case(case_id=case.pk, outcome="solved", text="Cảm ơn bà Bưởi", actor=officer, now=NOW)
    reopen_case(case_id=case.pk, actor=officer, now=NOW)

    entries = AuditEntry.objects.filter(object_type="case", object_id=str(case.pk)).order_by("pk")
    assert [entry.action for entry in entries] == [
        f"case.{action}" for action in ("taken", "answered", "asked", "noted", "closed", "reopened")
    ]
    written = " ".join(f"{entry.label} {entry.reason} {entry.detail}" for entry in entries)
    assert [word for word in ("Bưởi", "buoi-", "@example") if word in written] == []
