"""Claiming a producer with the letter's code: from a stranger's first look to the desk."""

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.producers.claim_codes import make_letter
from shop.domain.producers.models import ClaimAttempt, ClaimCode, Membership, ProducerClaim
from shop.domain.producers.staff import actor_of
from tests.components.showing import show
from tests.factories import make_certificate, make_officer, make_producer, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

CODE, CONFIRM = "/ban-hang/nhan/", "/ban-hang/nhan/xac-nhan/"
WRONG = "Mã không đúng hoặc không còn dùng được"
GOOD = {"position": "Giám đốc", "phone": "0912 345 678", "accepts_terms": "on"}


@pytest.fixture
def producer():
    return make_producer("HTX Chè La Bằng", status="unclaimed")


@pytest.fixture
def code(producer):
    return make_letter(producer_id=producer.pk, actor=actor_of(user=make_officer()), now=clock.now()).code


@pytest.fixture
def person(client):
    return log_in(client, make_user())


def test_a_stranger_is_told_what_it_is_and_led_to_log_in_and_back(client):
    page = client.get(CODE)

    assert page.status_code == 200
    assert "/tai-khoan/dang-nhap/?next=/ban-hang/nhan/" in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.post(CODE, {"code": "x"}).status_code == 302
    assert client.get(CONFIRM).status_code == 302


def test_from_the_code_to_the_desk(person, producer, code):
    make_certificate(producer=producer, product_name="Chè La Bằng")

    person.post(CODE, {"code": code.lower().replace("-", " ")})
    page = person.get(CONFIRM).content.decode()
    done = person.post(CONFIRM, GOOD, follow=True)

    assert "HTX Chè La Bằng" in page
    assert "Chè La Bằng</span>, 4 sao" in page
    assert 'name="accepts_terms"' in page
    assert "checked" not in page
    assert done.redirect_chain[-1][0] == "/ban-hang/"
    assert "Gian hàng chờ văn phòng OCOP duyệt" in done.content.decode()
    claim = ProducerClaim.objects.get()
    assert (claim.position, claim.phone, claim.state) == ("Giám đốc", "+84912345678", "waiting")


def _spoiled(kind, code):
    if kind == "used":
        ClaimCode.objects.update(used_at=clock.now())
    elif kind == "expired":
        ClaimCode.objects.update(expires_at=clock.now())
    elif kind == "replaced":
        ClaimCode.objects.update(voided_at=clock.now())
    return "AAAA-AAAA-AAAA-AAAA" if kind == "wrong" else code


@pytest.mark.parametrize("kind", ["wrong", "used", "expired", "replaced"])
def test_every_code_that_does_not_open_is_answered_alike(person, code, kind):
    answer = person.post(CODE, {"code": _spoiled(kind, code)})

    assert answer.status_code == 400
    assert WRONG in answer.content.decode()
    assert "HTX Chè La Bằng" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["used", "expired", "replaced"])
def test_a_code_that_ends_between_the_two_pages_leads_back(person, code, kind):
    person.post(CODE, {"code": code})
    _spoiled(kind, code)

    answer = person.post(CONFIRM, GOOD, follow=True)

    assert answer.redirect_chain[-1][0] == CODE
    assert "Mã không còn dùng được" in answer.content.decode()
    assert not Membership.objects.exists()


def test_the_second_page_without_the_first_opens_nothing(person, code):
    assert person.get(CONFIRM).status_code == 302
    assert person.post(CONFIRM, {**GOOD, "code": code, "producer": 1}).status_code == 302
    assert not Membership.objects.exists()


def test_guessing_is_stopped_and_says_until_when(person):
    answers = [person.post(CODE, {"code": "AAAA"}).status_code for _ in range(12)]

    assert answers == [400] * 10 + [429] * 2


@pytest.mark.parametrize(
    "changes",
    [{"accepts_terms": ""}, {"position": ""}, {"phone": ""}, {"phone": "abc"}, {"position": "x" * 101}],
)
def test_an_incomplete_form_stays_and_claims_nothing(person, code, changes):
    person.post(CODE, {"code": code})

    answer = person.post(CONFIRM, GOOD | changes)

    assert answer.status_code == 400
    assert 'class="errs"' in answer.content.decode()
    assert not Membership.objects.exists()


@pytest.mark.parametrize("code_typed", ["", "x" * 41, "\x00", "<script>alert(1)</script>"])
def test_nonsense_is_answered_and_not_run(person, code_typed):
    answer = person.post(CODE, {"code": code_typed})

    assert answer.status_code == 400
    assert "<script>alert(1)" not in answer.content.decode()


def test_a_code_used_by_one_is_of_no_use_to_another(person, code):
    person.post(CODE, {"code": code})
    person.post(CONFIRM, GOOD)
    other = log_in(Client(), make_user())

    assert other.post(CODE, {"code": code}).status_code == 400
    assert Membership.objects.count() == 1


def test_attempts_keep_no_code(person, code):
    person.post(CODE, {"code": code})

    assert code not in str(ClaimAttempt.objects.values().get())
    assert code not in str(person.session.items())


def test_who_waits_prepares_and_does_not_sell(person, producer, code):
    person.post(CODE, {"code": code})
    person.post(CONFIRM, GOOD)

    assert person.get("/ban-hang/san-pham/").status_code == 200
    assert "chờ văn phòng OCOP duyệt" in person.get("/ban-hang/san-pham/").content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_are_accessible(client, person, code, phone_page, desk_page, assert_accessible, language):
    pages = [Client().get(f"{language}{CODE}"), person.post(f"{language}{CODE}", {"code": "AAAA"})]
    person.post(CODE, {"code": code})
    pages.append(person.post(f"{language}{CONFIRM}", {}))

    for page in pages:
        assert_accessible(show(phone_page, page.content.decode()))
    assert_accessible(show(desk_page, pages[-1].content.decode()))
