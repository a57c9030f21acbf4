import pytest
from django.core.cache import cache

from shop.domain.notifications.models import OutboxMessage
from shop.oscar_forks.order.models import Order
from shop.web.storefront.checkout import checkout
from shop.web.storefront.checkout.words import PAYMENT_NAMES, PAYMENT_TEXTS
from tests.factories import make_listing, make_producer, make_user
from tests.factories.logins import log_in
from tests.factories.payments import METHOD, make_prepaid_order, offer_prepaid

from .pages import BUYER, PLACE, add, fields_of, fill, order, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", price_vnd=185_000, stock=20)


@pytest.fixture
def honey():
    return make_listing("Mật ong bạc hà", price_vnd=290_000, producer=make_producer("HTX Ong Tuấn Dũng"))


def test_checkout_of_two_producers_as_a_guest_ends_on_the_thank_you_page(client, tea, honey):
    add(client, tea, 2)
    add(client, honey)

    response = order(client)

    placed = Order.objects.get()
    page = client.get(response.url)
    assert response.status_code == 303
    assert (page.status_code, placed.parcels.count(), placed.user) == (200, 2, None)
    assert placed.number in words_of(page)
    assert (placed.buyer_name, placed.buyer_phone, placed.email) == ("Lê Minh Châu", "+84912345678", "chau@example.vn")


def test_checkout_in_english_freezes_the_language(client, tea):
    add(client, tea)
    first = fields_of(client.get("/en/thanh-toan/"))
    shown = client.post("/en/thanh-toan/", first | BUYER | PLACE | {"action": "refresh"})

    client.post("/en/thanh-toan/", fields_of(shown) | {"action": "place"})

    assert Order.objects.get().language == "en"


def test_checkout_pressed_twice_and_with_the_back_button_gives_one_order(client, tea):
    add(client, tea)
    form = fill(client) | {"action": "place"}

    answers = [client.post("/thanh-toan/", form) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert len({answer.url for answer in answers}) == 1
    assert Order.objects.count() == 1


def test_checkout_in_a_second_tab_finds_the_order_that_was_written_meanwhile(client, tea, monkeypatch):
    add(client, tea)
    form = fill(client) | {"action": "place"}
    read = checkout.read_ticket

    def order_first(request):
        """The other tab's order is committed after this request has begun."""
        monkeypatch.setattr(checkout, "read_ticket", read)
        client.post("/thanh-toan/", form)
        return read(request)

    monkeypatch.setattr(checkout, "read_ticket", order_first)
    answer = client.post("/thanh-toan/", form)

    assert Order.objects.get().number in answer.url


def test_checkout_with_wrong_fields_says_so_beside_them_and_loses_nothing(client, tea):
    add(client, tea)

    response = order(client, phone="0912 34", email="chau", note="Gọi trước 15 phút")

    text = words_of(response)
    assert response.status_code == 422
    assert "Cần sửa 2 chỗ" in text
    assert fields_of(response)["note"] == "Gọi trước 15 phút"
    assert fields_of(response)["phone"] == "0912 34"
    assert fields_of(response)["commune"] == "00166"
    assert Order.objects.count() == 0


def test_checkout_without_an_email_is_refused_until_sms_is_configured(client, tea, settings):
    add(client, tea)

    without_sms = order(client, email="")
    settings.SMS_URL = "https://sms.example.vn/send"
    with_sms = order(client, email="")

    assert (without_sms.status_code, with_sms.status_code) == (422, 303)


def test_checkout_asks_again_when_a_price_moved(client, tea):
    add(client, tea)
    form = fill(client) | {"action": "place"}
    tea.stock_records.update(price=190_000)

    asked_again = client.post("/thanh-toan/", form)
    confirmed = client.post("/thanh-toan/", fields_of(asked_again) | {"action": "place"})

    assert (asked_again.status_code, confirmed.status_code) == (409, 303)
    assert "190.000 ₫" in words_of(asked_again)
    assert Order.objects.get().lines.get().unit_price_incl_tax == 190_000


def test_checkout_shows_shipping_per_parcel_before_the_button(client, tea):
    add(client, tea)
    first = fields_of(client.get("/thanh-toan/"))

    response = client.post("/thanh-toan/", first | {"province": "01", "action": "refresh"})

    assert "Tiêu chuẩn, nhận" in words_of(response)
    assert "37.000 ₫" in words_of(response)
    assert "Cần sửa" not in words_of(response)


def test_checkout_with_express_costs_more_and_arrives_so(client, tea):
    add(client, tea)
    field = f"shipping_{tea.producer_id}"

    order(client, **{field: "nhanh"})

    parcel = Order.objects.get().parcels.get()
    assert (parcel.shipping_service, parcel.shipping_vnd) == ("nhanh", 69_000)


def test_checkout_understands_an_address_of_before_2025(client, tea):
    add(client, tea)
    first = fields_of(client.get("/thanh-toan/"))
    former = "thị trấn Dương Đông, huyện Phú Quốc, Kiên Giang"

    response = client.post("/thanh-toan/", first | {"former": former, "action": "find"})

    assert (fields_of(response)["province"], fields_of(response)["commune"]) == ("91", "31078")
    assert "Nay là Đặc khu Phú Quốc, An Giang." in words_of(response)


def test_checkout_lets_a_province_chosen_by_hand_win_over_an_old_name(client, tea):
    add(client, tea)
    first = fields_of(client.get("/thanh-toan/"))
    typed = first | {"former": "Xuân Thủy", "province": "01", "commune": "", "action": "refresh"}

    page = client.post("/thanh-toan/", typed).content.decode()

    assert '<option value="00166"' in page


def test_checkout_says_when_an_old_address_is_unknown(client, tea):
    add(client, tea)
    first = fields_of(client.get("/thanh-toan/"))

    response = client.post("/thanh-toan/", first | {"former": "Atlantis", "action": "find"})

    assert "Không tìm thấy nơi này." in words_of(response)


def test_checkout_refuses_a_commune_of_another_province(client, tea):
    add(client, tea)

    response = order(client, province="79")

    assert response.status_code == 422


def test_checkout_above_the_cash_limit_says_so(client, tea, settings):
    settings.COD_LIMIT_VND = 100_000
    add(client, tea)

    response = order(client)

    assert response.status_code == 422
    assert "Cần sửa 1 chỗ Đơn vượt mức của cách trả này." in words_of(response)


def test_checkout_of_an_empty_basket_leads_back_to_it(client, db):
    assert client.get("/thanh-toan/").url == "/gio-hang/"


def test_checkout_with_a_ticket_of_somebody_else_shows_the_own_basket(client, tea):
    log_in(client, make_user())
    add(client, tea)
    form = fill(client) | {"action": "place"}
    client.logout()

    response = client.post("/thanh-toan/", form)

    assert response.url == "/gio-hang/"
    assert Order.objects.count() == 0


def test_checkout_of_a_guest_who_logged_in_meanwhile_keeps_what_was_typed(client, tea):
    add(client, tea)
    form = fill(client, note="Gọi trước") | {"action": "place"}
    log_in(client, make_user())
    client.get("/gio-hang/")

    asked_again = client.post("/thanh-toan/", form)
    placed = client.post("/thanh-toan/", fields_of(asked_again) | {"action": "place"})

    assert (asked_again.status_code, placed.status_code) == (409, 303)
    assert Order.objects.get().shipping_address.notes == "Gọi trước"


def test_checkout_page_is_kept_nowhere(client, tea):
    add(client, tea)

    response = client.get("/thanh-toan/")

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("item_count", [1, 3])
def test_checkout_query_count(client, django_assert_num_queries, item_count):
    producer = make_producer()
    for number in range(item_count):
        add(client, make_listing(f"Chè {number}", producer=producer))
    client.get("/thanh-toan/")

    with django_assert_num_queries(3):
        client.get("/thanh-toan/")


def test_checkout_refuses_a_fourth_unpaid_order_with_the_ways_out_and_keeps_what_was_typed(client, tea, monkeypatch):
    offer_prepaid(monkeypatch)
    monkeypatch.setitem(PAYMENT_NAMES, METHOD, "Trả trước")
    monkeypatch.setitem(PAYMENT_TEXTS, METHOD, "Trả trước khi gửi")
    for _ in range(3):
        make_prepaid_order((tea, 1))
    add(client, tea)

    refused = order(client, payment=METHOD, note="Gọi trước 15 phút")
    in_cash = client.post("/thanh-toan/", fields_of(refused) | {"payment": "cod", "action": "place"})

    assert refused.status_code == 422
    assert "đang có 3 đơn chờ thanh toán" in words_of(refused)
    assert "chọn trả khi nhận hàng" in words_of(refused)
    assert fields_of(refused)["note"] == "Gọi trước 15 phút"
    assert in_cash.status_code == 303


def test_checkout_confirms_the_phone_of_a_large_first_order_in_cash(client):
    cache.clear()
    add(client, make_listing("Sâm Ngọc Linh", price_vnd=2_400_000, stock=3))

    refused = order(client, note="Gọi trước 15 phút")
    sent = client.post("/thanh-toan/", fields_of(refused) | {"action": "send_code"})
    code = OutboxMessage.objects.get(kind="account_code").payload["code"]
    wrong = client.post("/thanh-toan/", fields_of(sent) | {"action": "place", "phone_code": "12345"})
    placed = client.post("/thanh-toan/", fields_of(wrong) | {"action": "place", "phone_code": code})

    assert (refused.status_code, sent.status_code, wrong.status_code, placed.status_code) == (422, 200, 422, 303)
    assert "xin xác nhận số 0912 *** 678" in words_of(refused)
    assert "Đã gửi mã tới 0912 *** 678" in words_of(sent)
    assert "Mã chưa đúng hoặc đã hết hạn" in words_of(wrong)
    assert fields_of(wrong)["note"] == "Gọi trước 15 phút"


def test_checkout_sends_no_code_to_a_landline_and_few_from_one_network(client):
    cache.clear()
    add(client, make_listing(price_vnd=2_400_000, stock=3))
    form = fill(client) | {"action": "send_code"}

    landline = client.post("/thanh-toan/", form | {"phone": "024 3825 3841"})
    answers = [client.post("/thanh-toan/", form | {"phone": f"0912 345 {number:03}"}) for number in range(11)]

    assert "Cần số di động" in words_of(landline)
    assert OutboxMessage.objects.filter(kind="account_code").count() == 10
    assert "đã xin nhiều mã" in words_of(answers[-1])
