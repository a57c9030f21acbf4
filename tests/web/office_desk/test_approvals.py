import pytest
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.models import CertificateActRequest, CertificateEvent
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_province, make_staff, make_user
from tests.factories.logins import log_in
from tests.factories.office import make_act_request

ROOM = "/van-phong/phe-duyet/"
XSS = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan():
    return make_officer(first_name="Lan", last_name="Trần")


@pytest.fixture
def asking(lan):
    """The desk of who asked."""
    return log_in(Client(), lan, second_factor=True)


@pytest.fixture
def signing():
    """The desk of a colleague."""
    return log_in(Client(), make_officer(first_name="Minh", last_name="Vũ"), second_factor=True)


def outcome_of(asked):
    return CertificateActRequest.objects.get(pk=asked.pk).outcome


def test_the_list_says_who_asked_what_why_and_since_when(signing, lan):
    tea = make_certificate()
    make_act_request(tea, officer=lan, reason="Giả mạo hồ sơ")

    page = signing.get(ROOM).content.decode()

    assert f"Thu hồi {tea.code}" in page
    for told in ("Giả mạo hồ sơ", "Trần Lan", tea.product_name):
        assert told in page


def test_the_list_is_empty_in_words(signing):
    assert "Không có yêu cầu nào đang chờ" in signing.get(ROOM).content.decode()
    assert "Chưa có yêu cầu nào được quyết định" in signing.get(f"{ROOM}?xem=da-xong").content.decode()


def test_the_page_says_what_would_happen_and_a_colleague_signs(signing, lan):
    listing = make_listing()
    make_order((listing, 1))
    asked = make_act_request(listing.certificate, officer=lan)

    page = signing.get(f"{ROOM}{asked.pk}/").content.decode()
    answer = signing.post(f"{ROOM}{asked.pk}/duyet/", follow=True)

    assert "1 kiện chưa gửi bị giữ" in page
    assert "Đã duyệt" in answer.content.decode()
    listing.certificate.refresh_from_db()
    assert (listing.certificate.stored_state, outcome_of(asked)) == ("revoked", "approved")


def test_whoever_asked_sees_no_button_and_a_crafted_post_is_409(asking, lan):
    asked = make_act_request(officer=lan)

    page = asking.get(f"{ROOM}{asked.pk}/").content.decode()
    answers = [asking.post(f"{ROOM}{asked.pk}/{act}/", {"reason": "x"}) for act in ("duyet", "tu-choi")]

    assert f"{asked.pk}/duyet/" not in page
    assert [answer.status_code for answer in answers] == [409, 409]
    assert "không thể tự duyệt" in answers[0].content.decode()
    assert outcome_of(asked) == "waiting"
    assert not CertificateEvent.objects.exists()
    assert AuditEntry.objects.filter(action="access.refused", label="POST 409").count() == 2


def test_a_replayed_approval_gives_the_same_single_result(signing, lan):
    asked = make_act_request(officer=lan)

    answers = [signing.post(f"{ROOM}{asked.pk}/duyet/") for _ in range(3)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"{ROOM}{asked.pk}/")}
    assert CertificateEvent.objects.count() == 1


def test_a_refusal_needs_a_reason_and_keeps_it(signing, asking, lan):
    asked = make_act_request(officer=lan)

    empty = signing.post(f"{ROOM}{asked.pk}/tu-choi/", {"reason": "  "})
    signing.post(f"{ROOM}{asked.pk}/tu-choi/", {"reason": "Thiếu biên bản"})

    assert empty.status_code == 400
    assert 'class="errs"' in empty.content.decode()
    assert outcome_of(asked) == "refused"
    assert "Thiếu biên bản" in asking.get(f"{ROOM}{asked.pk}/").content.decode()
    late = signing.post(f"{ROOM}{asked.pk}/duyet/")
    assert (late.status_code, "đã bị từ chối" in late.content.decode()) == (409, True)


def test_whoever_asked_withdraws_and_a_colleague_cannot(signing, asking, lan):
    asked = make_act_request(officer=lan)

    foreign = signing.post(f"{ROOM}{asked.pk}/rut-lai/")
    asking.post(f"{ROOM}{asked.pk}/rut-lai/")

    assert foreign.status_code == 409
    assert outcome_of(asked) == "withdrawn"


def test_a_bulk_act_names_its_certificates_and_is_carried_out(signing, lan):
    certificates = [make_certificate() for _ in range(22)]
    asked = make_act_request(*certificates, act="suspend", officer=lan)

    page = signing.get(f"{ROOM}{asked.pk}/").content.decode()
    signing.post(f"{ROOM}{asked.pk}/duyet/")

    assert "và 2 giấy khác" in page
    assert asked.items.filter(event__isnull=False).count() == 20
    assert "Xong 20 trong 22 giấy" in signing.get(f"{ROOM}{asked.pk}/").content.decode()


def test_staff_look_and_do_not_sign(lan):
    asked = make_act_request(officer=lan)
    staff = log_in(Client(), make_staff(), second_factor=True)

    page = staff.get(f"{ROOM}{asked.pk}/").content.decode()
    answer = staff.post(f"{ROOM}{asked.pk}/duyet/")

    assert "Bạn chỉ xem" in page
    assert (answer.status_code, outcome_of(asked)) == (409, "waiting")


def test_another_province_is_404_for_reading_and_for_signing(lan):
    asked = make_act_request(make_certificate(province=make_province("19")), officer=lan)
    elsewhere = log_in(Client(), make_officer(scope="province", province=make_province("68")), second_factor=True)

    assert str(asked.certificate.code) not in elsewhere.get(ROOM).content.decode()
    assert elsewhere.get(f"{ROOM}{asked.pk}/").status_code == 404
    for act in ("duyet", "tu-choi", "rut-lai"):
        assert elsewhere.post(f"{ROOM}{asked.pk}/{act}/", {"reason": "x"}).status_code == 404
    assert outcome_of(asked) == "waiting"


def test_shoppers_find_no_such_room(lan):
    asked = make_act_request(officer=lan)
    shopper = log_in(Client(), make_user())

    assert shopper.get(ROOM).status_code == 404
    assert shopper.post(f"{ROOM}{asked.pk}/duyet/").status_code == 404


def test_texts_are_shown_and_never_run(signing, lan):
    tea = make_certificate(product_name=f"Chè {XSS}")
    asked = make_act_request(tea, officer=lan, reason=XSS, decision_number=XSS)
    signing.post(f"{ROOM}{asked.pk}/tu-choi/", {"reason": XSS})

    for path in (f"{ROOM}?xem=da-xong", f"{ROOM}{asked.pk}/", "/van-phong/", "/van-phong/nhat-ky/"):
        assert XSS not in signing.get(path).content.decode()


def test_the_list_takes_as_many_queries_for_one_as_for_three(signing, lan, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        make_act_request(officer=lan)
        with django_assert_max_num_queries(60) as queries:
            signing.get(ROOM)
        taken.append(len(queries))
        make_act_request(officer=lan)

    assert taken[0] == taken[1]


def test_the_english_page_is_english(signing, lan):
    until = clock.today().replace(year=clock.today().year + 4)
    asked = make_act_request(make_certificate(), make_certificate(), act="extend", officer=lan, until=until)

    page = signing.get(f"/en{ROOM}{asked.pk}/").content.decode()

    assert "Sign as the second officer" in page
    assert str(until.year) in page
