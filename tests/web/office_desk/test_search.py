import pytest
from django.test import Client

from shop.domain.listings.models import Listing
from tests.factories import (
    make_certificate,
    make_decision,
    make_listing,
    make_officer,
    make_order,
    make_producer,
    make_province,
    make_staff,
    make_user,
)
from tests.factories.logins import log_in
from tests.factories.notifications import make_message
from tests.factories.office import make_act_request
from tests.factories.returns import make_delivered, make_disputed, make_return
from tests.factories.vouchers import make_voucher

SEARCH = "/van-phong/tim/"
XSS = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """The desk of an officer who answers for the whole country."""
    return log_in(client, make_officer(), second_factor=True)


def found(client, words):
    """What each kind answers, by its title."""
    context = client.get(SEARCH, {"q": words}).context
    return {str(hits.title): [hit.title for hit in hits.hits] for hits in context["found"]}


@pytest.mark.parametrize("typed", ["Chè Tân Cương", "che tan cuong", "CHE TAN", "tân cương  chè"])
def test_any_spelling_finds_certificate_producer_and_product(office, typed):
    producer = make_producer("HTX Chè Tân Cương")
    make_listing("Chè Tân Cương", producer=producer)

    answer = found(office, typed)

    assert answer["Giấy chứng nhận"] == ["Chè Tân Cương"]
    assert answer["Chủ thể"] == ["HTX Chè Tân Cương"]
    assert answer["Sản phẩm"] == ["Chè Tân Cương"]


def test_codes_and_decision_numbers_are_found(office):
    decision = make_decision(number="2276/QĐ-UBND")
    certificate = make_certificate(decision=decision)

    assert found(office, certificate.code.lower())["Giấy chứng nhận"] == [certificate.product_name]
    assert found(office, "2276/qd-ubnd")["Quyết định"] == ["2276/QĐ-UBND"]


def test_requests_and_messages_are_found(office):
    asked = make_act_request()
    make_message(certificate=asked.certificate, recipient="htx-che@example.vn")

    assert found(office, asked.certificate.code)["Việc cần hai cán bộ"] == [asked.certificate.code]
    assert "Tin nhắn" in found(office, "htx-che@example.vn")


def test_orders_are_found_by_staff_and_never_by_officers(office):
    order = make_order((make_listing(), 1))
    staff = log_in(Client(), make_staff(), second_factor=True)

    # Its letters and its paper; a receipt only where money came.
    assert found(staff, order.number)["Đơn hàng"] == [order.number, order.number]
    assert "Đơn hàng" not in found(office, order.number)


def test_returns_are_found_by_number_and_by_producer(office):
    parcel = make_delivered((make_listing(producer=make_producer("HTX Chè Tân Cương")), 1))
    asked = make_return(parcel)

    for typed in (parcel.number, parcel.order.number.lower(), "che tan cuong"):
        assert found(office, typed)["Trả hàng"] == [parcel.number], typed
    page = office.get(SEARCH, {"q": parcel.number}).content.decode()
    assert f"/van-phong/tra-hang/{asked.pk}/" in page
    assert "Chờ chủ thể trả lời" in page
    assert "Waiting for the producer" in office.get(f"/en{SEARCH}", {"q": parcel.number}).content.decode()


def test_the_rest_of_many_returns_stands_in_the_room_s_own_pile(office):
    tea = make_listing(producer=make_producer("HTX Chè Tân Cương"), stock=50)
    for _ in range(6):
        make_disputed(make_delivered((tea, 1)))

    (hits,) = (hits for hits in office.get(SEARCH, {"q": "tân cương"}).context["found"] if str(hits.title) == "Trả hàng")

    assert (len(hits.hits), hits.count) == (5, 6)
    assert len(office.get(hits.more_url).context["rows"]) == 6


def test_vouchers_are_found_by_code_and_name_for_the_whole_country(office):
    make_voucher("TET2026", name="Mừng xuân")
    province = log_in(Client(), make_officer(scope="province", province=make_province("19")), second_factor=True)

    for typed in ("tết 2026", "TET", "mừng xuân"):
        assert found(office, typed)["Mã giảm giá"] == ["TET2026"], typed
        assert "Mã giảm giá" not in found(province, typed)


def test_an_officer_of_one_province_finds_its_own():
    thai_nguyen, lam_dong = make_province("19"), make_province("68")
    make_listing("Chè Tân Cương", producer=make_producer("HTX Chè Tân Cương", province=thai_nguyen))
    desk = log_in(Client(), make_officer(scope="province", province=lam_dong), second_factor=True)
    make_message(certificate=make_certificate(province=thai_nguyen), recipient="che@example.vn")
    parcel = make_delivered((Listing.objects.get(), 1))
    make_return(parcel)

    assert found(desk, "chè") == {}
    assert found(desk, parcel.number) == {}
    assert found(desk, "che@example.vn") == {}


def test_nothing_found_and_nothing_typed_have_their_words(office):
    assert "Không tìm thấy gì" in office.get(SEARCH, {"q": "khong-co-gi"}).content.decode()
    assert "Gõ tên sản phẩm" in office.get(SEARCH).content.decode()


@pytest.mark.parametrize("typed", ["\x00", "%", "' OR 1=1 --", "a" * 5000, "&|!():*", "_"])
def test_strange_words_are_answered(office, typed):
    assert office.get(SEARCH, {"q": typed}).status_code == 200


def test_what_was_typed_and_found_is_shown_and_never_run(office):
    make_certificate(product_name=f"Chè {XSS}")

    assert XSS not in office.get(SEARCH, {"q": XSS}).content.decode()
    assert XSS not in office.get(SEARCH, {"q": "chè"}).content.decode()


def test_search_takes_as_many_queries_for_one_as_for_three(office, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        make_listing("Chè Tân Cương")
        make_act_request(make_certificate(product_name="Chè Tân Cương"))
        with django_assert_max_num_queries(80) as queries:
            assert found(office, "che tan cuong")
        taken.append(len(queries))
        make_listing("Chè Tân Cương")

    assert taken[0] == taken[1]


def test_shoppers_find_no_search():
    assert log_in(Client(), make_user()).get(SEARCH).status_code == 404


def test_the_english_answer_is_english(office):
    assert "Search the office" in office.get(f"/en{SEARCH}").content.decode()
