"""A case is written once, knows where it belongs, keeps a contact only with consent, and says until when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from shop.common import clock
from shop.domain.cases.links import find_case, status_token
from shop.domain.cases.models import Case, CaseEvent
from shop.domain.cases.opening import ConsentMissing, Report, Reporter, open_case
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from tests.factories import make_case, make_certificate, make_commune, make_province

pytestmark = pytest.mark.django_db
NOW = clock.now()


def test_the_clock_starts_when_it_is_sent(settings):
    case = make_case(now=NOW)

    assert (case.receipt_due_at - NOW, case.due_at - NOW) == (timedelta(hours=24), timedelta(days=7))
    settings.CASE_ANSWER_DAYS = 3
    assert make_case(now=NOW).due_at - NOW == timedelta(days=3)


def test_a_code_in_any_spelling_leads_to_certificate_producer_and_place():
    commune = make_commune()
    certificate = make_certificate(code="TNG-2026-00017", commune=commune)
    case = make_case(code="tng 2o26 17", province_code=make_province("68").code)

    assert (case.certificate, case.producer, case.province_id) == (certificate, certificate.producer, certificate.province_id)
    assert case.commune == commune


def test_a_star_without_a_certificate_belongs_where_it_was_seen():
    lam_dong = make_province("68")

    case = make_case(code="AG-2020-99999", province_code="68")

    assert (case.certificate, case.province, case.code_as_typed) == (None, lam_dong, "AG-2020-99999")


def test_the_same_form_is_the_same_case():
    key = uuid4()
    sent = [
        open_case(form_key=key, report=Report(kind="question", body=body), reporter=Reporter(), now=NOW)
        for body in ("Một", "Hai", "Ba")
    ]

    assert ({case.pk for case in sent}, Case.objects.get().body) == ({sent[0].pk}, "Một")


def test_a_contact_without_consent_is_refused_by_code_and_by_the_database():
    with pytest.raises(ConsentMissing):
        make_case(reporter=Reporter(email="buoi@example.vn"))
    case = make_case(reporter=Reporter())
    with pytest.raises(IntegrityError, match="a_contact_was_given_with_consent"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(reporter_phone="+84912345678")


def test_a_name_alone_is_not_kept():
    assert make_case(reporter=Reporter(name="Trần Thị Bưởi")).reporter_name == ""


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [("vi", "Đã nhận vụ việc {}", "trả lời chậm nhất"), ("en", "Case {} received", "you get an answer by")],
)
def test_receipt_is_confirmed_in_the_reporters_language_with_the_link(language, subject, words):
    reporter = Reporter(name="Bưởi", email="buoi@example.vn", language=language, has_consented=True)
    case = make_case(reporter=reporter)
    message = OutboxMessage.objects.get(kind="case_received")

    text = render_message(message, today=NOW.date())

    prefix = "" if language == "vi" else "/en"
    assert text.subject == subject.format(case.number)
    assert words in text.body
    assert f"{prefix}/vu-viec/{case.number}/{status_token(case)}/" in text.body
    assert message.payload == {"case_id": case.pk}


def test_a_phone_gets_a_short_message():
    case = make_case(reporter=Reporter(phone="+84912345678", has_consented=True))
    message = OutboxMessage.objects.get(kind="case_received")

    assert message.channel == "sms"
    assert f"da nhan vu viec {case.number}" in render_message(message, today=NOW.date()).body


def test_without_a_contact_nobody_is_written_to():
    make_case(reporter=Reporter())

    assert OutboxMessage.objects.count() == 0


def test_the_link_opens_its_own_case_and_no_other():
    own, other = make_case(), make_case()

    assert find_case(number=own.number, token=status_token(own)) == own
    assert find_case(number=own.number, token=status_token(other)) is None
    assert find_case(number="VV-KHONGCO1", token=status_token(own)) is None
    assert find_case(number="VV-\x00", token="") is None


def test_history_is_only_ever_added():
    make_case()
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseevent SET action = 'closed'")
    assert CaseEvent.objects.get().action == "opened"
