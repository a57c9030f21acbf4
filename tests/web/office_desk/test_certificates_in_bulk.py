"""Acting on many certificates: small acts at once with a result per row, large ones and revocations only asked for."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.models import ActRequestItem, Certificate, CertificateActRequest, CertificateEvent
from shop.domain.ordering.certificate_stops import carry_out_bulk_acts
from shop.domain.people.models import Officer
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_producer, make_province
from tests.factories.logins import log_in

BULK = "/van-phong/chung-nhan/hang-loat/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer()


@pytest.fixture
def office(client):
    return log_in(client, make_officer(), second_factor=True)


@pytest.fixture
def registry(producer):
    """Sixty valid certificates: three of them are exactly 5 %."""
    return [
        make_certificate(producer=producer, product_name=f"{'Trà' if number < 10 else 'Chè'} {number:02}") for number in range(60)
    ]


def press(client, certificates=(), act="tam-dinh-chi", **more):
    data = {
        "act": act,
        "code": [one.code for one in certificates],
        "reason": "Kiểm tra định kỳ",
        "decision_number": "",
        "effective_on": clock.today().isoformat(),
        "key": "k1",
    }
    return client.post(BULK, data | more)


def confirm(client, certificates=(), act="tam-dinh-chi", **more):
    return press(client, certificates, act, **{"confirmed": str(len(certificates))} | more)


def states(certificates):
    return [one.stored_state for one in Certificate.objects.filter(pk__in=[c.pk for c in certificates]).order_by("pk")]


def test_the_first_step_asks_for_the_ground_and_names_what_was_chosen(office, registry):
    answer = office.post(BULK, {"act": "gia-han", "code": [one.code for one in registry[:2]]})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(one.code in page for one in registry[:2])
    assert 'name="until"' in page


def test_the_second_step_says_in_numbers_what_will_happen(office, registry):
    tea = make_listing("Chè Shan")
    make_order((tea, 1))
    Certificate.objects.filter(pk=registry[0].pk).update(stored_state="suspended", stopped_on=clock.today())

    page = press(office, [registry[0], tea.certificate]).content.decode()

    assert "1 trong 2 giấy sẽ thay đổi" in page
    assert "1 sản phẩm rời kệ" in page
    assert "1 kiện chưa gửi bị giữ" in page
    assert "cán bộ thứ hai" not in page
    assert CertificateEvent.objects.count() == 0


def test_a_small_act_is_done_and_every_row_is_told(office, registry):
    make_certificate(product_name="Mật ong"), make_certificate(product_name="Miến dong")
    revoked, suspended, valid = registry[:3]
    Certificate.objects.filter(pk=revoked.pk).update(stored_state="revoked", stopped_on=clock.today())
    Certificate.objects.filter(pk=suspended.pk).update(stored_state="suspended", stopped_on=clock.today())

    answer = confirm(office, [*registry[:2], valid])

    assert answer.status_code == 302
    assert states(registry[:3]) == ["revoked", "suspended", "suspended"]
    page = office.get(answer["Location"]).content.decode()
    for words in ("Xong 3 trong 3 giấy", "1 đã làm, 1 đã như vậy từ trước, 1 không làm được", "tình trạng của giấy không cho"):
        assert words in page
    english = office.get(f"/en{answer['Location']}").content.decode()
    assert "3 of 3 finished" in english


def test_pressing_twice_does_it_once_and_answers_the_same(office, registry):
    answers = [confirm(office, registry[:2]) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert CertificateActRequest.objects.count() == 1
    assert CertificateEvent.objects.count() == 2


def test_orders_follow_a_bulk_act(office, registry):
    tea = make_listing("Chè Shan")
    parcel = make_order((tea, 1)).parcels.get()

    confirm(office, [tea.certificate, registry[0]])

    parcel.refresh_from_db()
    assert parcel.status == "on_hold"


def test_more_than_five_percent_is_only_asked_for(office, registry):
    answer = confirm(office, registry[:4])

    request = CertificateActRequest.objects.get()
    assert (request.outcome, request.items.count()) == ("waiting", 4)
    assert states(registry[:4]) == ["active"] * 4
    assert "Đang chờ một cán bộ khác ký" in office.get(answer["Location"]).content.decode()


def test_exactly_five_percent_is_done_alone(office, registry):
    confirm(office, registry[:3])

    assert states(registry[:3]) == ["suspended"] * 3
    assert CertificateActRequest.objects.get().outcome == "alone"


@pytest.mark.parametrize("many", [1, 2])
def test_any_revocation_is_only_asked_for(office, registry, many):
    answer = confirm(office, registry[:many], act="thu-hoi")

    assert answer.status_code == 302
    assert CertificateActRequest.objects.get().outcome == "waiting"
    assert states(registry[:many]) == ["active"] * many
    assert office.get(answer["Location"]).status_code == 200


def test_extending_many(office, registry):
    until = registry[0].valid_until + timedelta(days=60)

    missing = confirm(office, registry[:2], act="gia-han", until="")
    done = confirm(office, registry[:2], act="gia-han", until=until.isoformat())

    assert (missing.status_code, "Hãy chọn ngày gia hạn" in missing.content.decode()) == (400, True)
    assert done.status_code == 302
    assert set(Certificate.objects.filter(pk__in=[c.pk for c in registry[:2]]).values_list("extended_until", flat=True)) == {
        until
    }


def test_the_whole_search_is_one_choice_and_a_changed_number_is_shown_again(office, registry):
    query = {"all": "1", "query": "q=Trà"}

    asked = press(office, **query)
    assert "10 giấy" in asked.content.decode()
    make_certificate(product_name="Trà 09b")
    changed = press(office, **query, confirmed="10")
    assert (changed.status_code, "11 giấy" in changed.content.decode()) == (200, True)
    assert CertificateActRequest.objects.count() == 0

    press(office, **query, confirmed="11")
    assert CertificateActRequest.objects.get().items.count() == 11


def test_progress_is_shown_while_a_worker_goes_on(office, registry, monkeypatch):
    monkeypatch.setattr("shop.domain.ordering.certificate_stops.ACTS_WITH_THE_APPROVAL", 1)

    answer = confirm(office, registry[:3])

    assert "Xong 1 trong 3 giấy" in (page := office.get(answer["Location"]).content.decode())
    assert 'hx-trigger="every 2s"' in page
    assert "Tải lại" in page
    fragment = office.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div class="stk" id="tien-do"')

    while carry_out_bulk_acts(now=clock.now(), at_most=10):
        pass

    page = office.get(answer["Location"]).content.decode()
    assert "Xong 3 trong 3 giấy" in page
    assert "hx-trigger" not in page


def test_certificates_of_another_province_are_never_touched(client, registry):
    log_in(client, make_officer(scope=Officer.Scope.PROVINCE, province=make_province("68")), second_factor=True)

    assert confirm(client, registry[:2]).status_code == 400
    assert press(client, all="1", query="", confirmed="60").status_code == 400
    assert (CertificateActRequest.objects.count(), CertificateEvent.objects.count()) == (0, 0)


def test_results_of_another_province_are_not_there(office, client, registry):
    location = confirm(office, registry[:2])["Location"]
    log_in(client, make_officer(scope=Officer.Scope.PROVINCE, province=make_province("68")), second_factor=True)

    assert client.get(location).status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"reason": " "}, 400),
        ({"effective_on": "2999-01-01"}, 400),
        ({"code": []}, 400),
        ({"code": ["\x00", "XX-2020-00000"]}, 400),
        ({"act": "khong-co"}, 302),
        ({"confirmed": "-1"}, 200),
    ],
)
def test_bad_input_changes_nothing(office, registry, changes, status):
    assert confirm(office, registry[:2], **changes).status_code == status
    assert (ActRequestItem.objects.count(), CertificateEvent.objects.count()) == (0, 0)


def test_a_get_leads_nowhere(office):
    assert office.get(BULK).status_code == 405
