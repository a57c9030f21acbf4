"""Orders, ordering again, invoice data and wishes of an account: one's own, told plainly, nobody else's."""

import pytest

from shop.domain.invoices.models import InvoiceBuyer
from shop.oscar_forks.basket.models import Line
from shop.oscar_forks.partner.models import StockRecord
from tests.components.showing import show
from tests.factories import make_listing, make_order, make_producer, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
COMPANY = {"company_name": f"Cty {SCRIPT}", "tax_code": "0100109106", "address": "1 Tràng Tiền", "email": "kt@example.vn"}
ROOMS = ("don-hang/", "yeu-thich/", "hoa-don/", "hoa-don/them/", "thong-bao/", "du-lieu/", "thiet-bi/", "dia-chi/")


@pytest.fixture
def buyer(client):
    buyer = make_user()
    log_in(client, buyer)
    return buyer


@pytest.fixture
def order(buyer):
    tea = make_listing("Chè Tân Cương", stock=20)
    honey = make_listing("Mật ong bạc hà", producer=make_producer("HTX Ong"), stock=20)
    return make_order((tea, 2), (honey, 1), owner=buyer)


def text_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_an_order_stands_in_the_list_with_its_parcels_and_is_found_by_its_goods(client, order):
    make_order((make_listing("Nước mắm"), 1))

    page = text_of(client, "/tai-khoan/don-hang/")
    assert [word in page for word in (order.number, "HTX Ong", "Mật ong bạc hà", "Nước mắm")] == [True] * 3 + [False]
    assert order.number in text_of(client, "/tai-khoan/don-hang/?q=mật ong")
    assert "No order matches “rượu”" in text_of(client, "/en/tai-khoan/don-hang/?q=rượu")


@pytest.mark.parametrize("page", ["", "mua-lai/", "hoa-don/"])
def test_anothers_order_is_as_if_it_were_not_there(client, buyer, page):
    anothers = make_order((make_listing(), 1), owner=make_user())

    text_of(client, f"/tai-khoan/don-hang/{anothers.number}/{page}", status=404)


def test_a_question_about_an_order_knows_its_number(client, order):
    assert f'/lien-he/?don={order.number}"' in text_of(client, f"/tai-khoan/don-hang/{order.number}/")


def test_ordering_again_fills_the_basket_once_and_names_what_is_left_out(client, buyer, order):
    tea, honey = order.lines.order_by("pk")
    StockRecord.objects.filter(pk=tea.stockrecord_id).update(price=200_000)
    StockRecord.objects.filter(pk=honey.stockrecord_id).update(num_in_stock=1)
    path = f"/tai-khoan/don-hang/{order.number}/mua-lai/"

    done = [client.post(path) for _ in range(2)]

    assert [response.status_code for response in done] == [303, 303]
    assert list(Line.objects.filter(basket__owner=buyer, basket__status="Open").values_list("stockrecord", "quantity")) == [
        (tea.stockrecord_id, 2)
    ]
    page = client.get(done[0].url).content.decode()
    assert ("Giá đã đổi: 185.000" in page, "Không mua lại được" in page) == (True, True)


def test_invoice_data_is_kept_shown_as_text_and_anothers_is_not_there(client, buyer):
    client.post("/tai-khoan/hoa-don/them/", COMPANY)
    kept = InvoiceBuyer.objects.get(user=buyer)
    refused = client.post("/tai-khoan/hoa-don/them/", COMPANY | {"tax_code": "123"})

    page = text_of(client, "/tai-khoan/hoa-don/")
    assert (SCRIPT in page, "&lt;script&gt;" in page, refused.status_code) == (False, True, 422)
    log_in(client, make_user())
    assert client.post(f"/tai-khoan/hoa-don/{kept.pk}/xoa/").status_code == 404
    assert InvoiceBuyer.objects.filter(pk=kept.pk).exists()


def test_a_wish_moves_into_the_basket(client, buyer):
    product_id = make_listing("Chè nõn").product_id
    client.post(f"/tai-khoan/yeu-thich/{product_id}/them/")
    kept = text_of(client, "/tai-khoan/yeu-thich/")

    client.post(f"/tai-khoan/yeu-thich/{product_id}/vao-gio/")

    assert ("Chè nõn" in kept, "Chưa có sản phẩm yêu thích" in text_of(client, "/tai-khoan/yeu-thich/")) == (True, True)
    assert Line.objects.get(basket__owner=buyer).product_id == product_id


@pytest.mark.parametrize("evil", ["//evil.example", "https:evil.example", "/\\evil.example"])
def test_a_wish_leads_to_no_other_site(client, buyer, evil):
    response = client.post(f"/tai-khoan/yeu-thich/{make_listing().product_id}/them/", {"next": evil})

    assert response["Location"] == "/tai-khoan/yeu-thich/"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_accessible(client, order, phone_page, assert_accessible, room):
    assert_accessible(show(phone_page, text_of(client, f"/tai-khoan/{room}")))
