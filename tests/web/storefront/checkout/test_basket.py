import pytest
from django.conf import settings as django_settings

from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.listings.models import Listing
from shop.oscar_forks.basket.models import Basket, Line
from tests.factories import make_basket, make_listing, make_pack, make_producer, make_user
from tests.factories.logins import log_in

from .pages import add, words_of

pytestmark = pytest.mark.django_db

COOKIE = django_settings.OSCAR_BASKET_COOKIE_OPEN


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", price_vnd=185_000, stock=20)


def test_add_makes_a_basket_and_its_cookie(client, tea):
    response = add(client, tea, 2)

    line = Line.objects.get()
    assert (response.status_code, line.quantity, line.product) == (303, 2, tea.product)
    assert client.cookies[COOKIE]["httponly"] is True
    assert "Đã thêm 2 × Chè Tân Cương" in words_of(client.get(response.url))


def test_summary_of_a_stranger_makes_no_basket_and_no_cookie(client, db):
    response = client.get("/gio-hang/")

    assert "Giỏ hàng đang trống" in words_of(response)
    assert (Basket.objects.count(), COOKIE in response.cookies) == (0, False)


def test_add_adds_up_and_remembers_the_price(client, tea):
    add(client, tea, 2)
    add(client, tea, 3)

    line = Line.objects.get()
    assert (line.quantity, line.price_incl_tax) == (5, 185_000)


def test_add_of_a_pack_names_the_pack(client, db):
    tea = make_listing(stock=None)
    box = make_pack(tea, unit="hộp 1 kg", price_vnd=350_000)

    client.post(f"/gio-hang/them/{box.product_id}/", {"quantity": 1})

    assert "hộp 1 kg · 350.000 ₫" in words_of(client.get("/gio-hang/"))


def test_add_without_scripts_counts_on_the_product_page(client, tea):
    response = client.post(f"/gio-hang/them/{tea.product_id}/", {"quantity": "2", "step": "1"})

    assert response.url == f"/san-pham/{tea.product.slug}-{tea.product_id}/?quantity=3"
    assert Line.objects.count() == 0


@pytest.mark.parametrize("quantity", ["-5", "abc", "1e9", "", "9" * 40])
def test_add_of_a_strange_quantity_adds_one(client, tea, quantity):
    client.post(f"/gio-hang/them/{tea.product_id}/", {"quantity": quantity})

    assert Line.objects.get().quantity == 1


def test_add_is_refused_from_another_site(client, tea):
    response = client.post(f"/gio-hang/them/{tea.product_id}/", {"quantity": 1}, headers={"sec-fetch-site": "cross-site"})
    by_origin = client.post(f"/gio-hang/them/{tea.product_id}/", {"quantity": 1}, headers={"origin": "https://evil.example"})

    assert (response.status_code, by_origin.status_code, Line.objects.count()) == (403, 403, 0)


def test_add_of_what_is_not_for_sale_says_why(client, tea):
    Listing.objects.update(state="hidden")

    response = add(client, tea)

    assert Line.objects.count() == 0
    assert "Chủ thể đã ngừng bán sản phẩm này." in words_of(client.get(response.url))


def test_add_of_alcohol_is_refused(client, db):
    add(client, make_listing("Rượu Kim Sơn", criteria_set=15))

    assert Line.objects.count() == 0


def test_add_of_nothing_known_is_not_found(client, db):
    assert client.post("/gio-hang/them/999999/").status_code == 404


def test_change_counts_up_down_and_to_a_number(client, tea):
    add(client, tea, 2)
    path = f"/gio-hang/dong/{Line.objects.get().pk}/"

    quantities = []
    for fields in ({"quantity": 2, "step": 1}, {"quantity": 3, "step": -1}, {"quantity": 7}):
        client.post(path, fields)
        quantities.append(Line.objects.get().quantity)

    assert quantities == [3, 2, 7]


def test_change_below_one_takes_the_line_out(client, tea):
    add(client, tea)

    client.post(f"/gio-hang/dong/{Line.objects.get().pk}/", {"quantity": 1, "step": -1})

    assert Line.objects.count() == 0


def test_remove_can_be_undone(client, tea):
    add(client, tea, 4)

    response = client.post(f"/gio-hang/dong/{Line.objects.get().pk}/", {"remove": 1})
    page = client.get(response.url)
    client.post(f"/gio-hang/them/{tea.product_id}/", {"quantity": 4})

    assert "Đã bỏ Chè Tân Cương khỏi giỏ" in words_of(page)
    assert Line.objects.get().quantity == 4


def test_quantity_of_zero_can_be_undone_like_a_removal(client, tea):
    add(client, tea, 4)

    response = client.post(f"/gio-hang/dong/{Line.objects.get().pk}/", {"quantity": 0})

    assert "Đã bỏ Chè Tân Cương khỏi giỏ" in words_of(client.get(response.url))


def test_change_of_a_line_in_somebody_elses_basket_changes_nothing(client, tea):
    other = make_basket((tea, 2)).lines.get()
    add(client, tea)

    client.post(f"/gio-hang/dong/{other.pk}/", {"remove": 1})

    assert Line.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [
        (lambda: Listing.objects.update(state="hidden"), "Chủ thể đã ngừng bán sản phẩm này."),
        (
            lambda: Certificate.objects.update(stored_state="revoked", stopped_on=clock.today()),
            "Giấy chứng nhận OCOP của sản phẩm không còn hiệu lực.",
        ),
    ],
    ids=["hidden", "revoked"],
)
def test_summary_flags_what_stopped_and_blocks_the_order(client, tea, stop, sentence):
    add(client, tea)
    stop()

    page = client.get("/gio-hang/")

    assert f"{sentence} Bỏ sản phẩm này để tiếp tục." in words_of(page)
    assert "4 sao OCOP" not in words_of(page)
    assert 'href="/thanh-toan/"' not in page.content.decode()


def test_summary_flags_sold_out_and_too_few(client, tea):
    honey = make_listing("Mật ong", stock=3)
    add(client, tea)
    add(client, honey, 3)
    tea.stock_records.update(num_in_stock=0)
    honey.stock_records.update(num_in_stock=2)

    text = words_of(client.get("/gio-hang/"))

    assert "Tổng tiền hàng 555.000 ₫" in text
    assert "Vừa hết hàng. Bỏ sản phẩm này để tiếp tục." in text
    assert "Chỉ còn 2. Giảm số lượng để tiếp tục." in text


def test_summary_says_that_a_price_moved(client, tea):
    add(client, tea)
    tea.stock_records.update(price=190_000)

    assert "Giá đổi từ 185.000 ₫ thành 190.000 ₫" in words_of(client.get("/gio-hang/"))


def test_basket_of_a_guest_follows_into_the_account(client, tea):
    honey = make_listing("Mật ong")
    buyer = make_user()
    make_basket((honey, 1), (tea, 1), owner=buyer)
    add(client, tea, 3)

    log_in(client, buyer)
    client.get("/gio-hang/")
    client.get("/gio-hang/")

    kept = Basket.open.get(owner=buyer)
    assert {line.stockrecord.listing: line.quantity for line in kept.lines.all()} == {honey: 1, tea: 3}
    assert Basket.objects.filter(status=Basket.MERGED).count() == 1


def test_basket_count_is_personal_and_kept_nowhere(client, tea):
    add(client, tea, 3)

    response = client.get("/manh/gio-hang/")

    assert "Giỏ hàng, 3 sản phẩm" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("item_count", [1, 3])
def test_summary_query_count(client, django_assert_num_queries, item_count):
    producer = make_producer()
    for number in range(item_count):
        add(client, make_listing(f"Chè {number}", producer=producer))
    client.get("/gio-hang/")

    with django_assert_num_queries(3):
        client.get("/gio-hang/")
