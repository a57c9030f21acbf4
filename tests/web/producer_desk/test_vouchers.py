"""/ban-hang/ma-giam-gia/: a producer's own vouchers, for its own goods, at its own cost."""

import re
from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.producers.models import Membership
from shop.domain.vouchers.models import Voucher
from tests.factories import make_listing, make_member, make_producer
from tests.factories.ledger import make_rule
from tests.factories.logins import log_in
from tests.factories.vouchers import make_producers_voucher, make_voucher, order_with

ROOM = "/ban-hang/ma-giam-gia/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer("HTX Chè Tân Cương")


@pytest.fixture
def desk(client, producer):
    return log_in(client, make_member(producer))


def typed(**changes):
    today = clock.today()
    values = {
        "code": "vườn chè",
        "name": "Chè mới",
        "percent": "20",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=9)).isoformat(),
        "scope": "producer",
    }
    return values | changes


def words(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", words(answer)).split())


def test_a_producer_makes_a_voucher_and_sees_what_it_receives(desk, producer):
    make_listing("Chè Tân Cương", producer=producer, price_vnd=200_000)
    make_rule(5)
    assert "Chưa có mã giảm giá nào" in words(desk.get(ROOM))

    made = desk.post(f"{ROOM}moi/", typed())

    voucher = Voucher.objects.get()
    assert (voucher.code, voucher.funder, voucher.producer) == ("VUONCHE", "producer", producer)
    page = words(desk.get(made.url))
    # 200,000 less a fifth is 160,000; five percent of that is commission.
    for told in ("1 × Chè Tân Cương", "−40.000 ₫", "160.000 ₫", "8.000 ₫", "152.000 ₫"):
        assert told in page
    assert "VUONCHE" in words(desk.get(ROOM))


def test_the_parcel_says_who_bears_the_discount(desk, producer):
    make_producers_voucher(producer)
    make_voucher("CHAO2026", amount_vnd=30_000)
    tea = make_listing("Chè", producer=producer, price_vnd=200_000)
    own, shops = (order_with(code, (tea, 1)).parcels.get() for code in ("NHAVUON", "CHAO2026"))

    assert "Giảm giá bạn chịu −50.000 ₫" in text(desk.get(f"/ban-hang/kien/{own.pk}/"))
    page = text(desk.get(f"/ban-hang/kien/{shops.pk}/"))
    assert "Giảm giá bạn chịu" not in page
    assert "Sàn trả thay khách 30.000 ₫" in page


def test_whatever_is_posted_it_is_the_producers_own_goods_and_money(desk, producer):
    other = make_producer("HTX Khác")
    foreign = make_listing("Mật ong", producer=other)

    desk.post(f"{ROOM}moi/", typed(code="LEN1", funder="platform", producer=other.pk, producer_id=other.pk))
    everybody = desk.post(f"{ROOM}moi/", typed(code="LEN2", scope="all"))
    theirs = desk.post(f"{ROOM}moi/", typed(code="LEN3", scope="programme", products=[foreign.product_id]))

    assert (everybody.status_code, theirs.status_code) == (422, 422)
    voucher = Voucher.objects.get()
    assert (voucher.code, voucher.funder, voucher.producer, voucher.scope) == ("LEN1", "producer", producer, "producer")


def test_wrong_input_is_told_and_kept(desk):
    answer = desk.post(f"{ROOM}moi/", typed(code="!", percent="90", name="Tên rất riêng"))

    assert answer.status_code == 422
    assert "Tên rất riêng" in words(answer)
    assert "Số lớn quá: nhiều nhất 50" in words(answer)


def test_chosen_products_and_changes_until_the_first_use(desk, producer):
    tea, rice = make_listing("Chè", producer=producer), make_listing("Gạo", producer=producer)
    voucher = make_producers_voucher(producer, scope="programme", product_ids=[tea.product_id])
    assert "Chè" in words(desk.get(f"{ROOM}{voucher.pk}/"))

    changed = desk.post(
        f"{ROOM}{voucher.pk}/sua/", typed(code="NHAVUON", scope="programme", products=[rice.product_id], percent="10")
    )
    assert changed.status_code == 302
    assert list(voucher.products.all()) == [rice.product]

    order_with("NHAVUON", (rice, 1))
    assert desk.post(f"{ROOM}{voucher.pk}/sua/", typed()).status_code == 409
    assert desk.post(f"{ROOM}{voucher.pk}/dung/").status_code == 302


def test_the_shops_voucher_for_a_producers_goods_is_not_the_producers(desk, producer):
    voucher = make_voucher(scope="producer", producer_id=producer.pk)

    assert "CHAO2026" not in words(desk.get(ROOM))
    assert desk.get(f"{ROOM}{voucher.pk}/").status_code == 404
    assert desk.post(f"{ROOM}{voucher.pk}/dung/").status_code == 404


def test_another_producers_voucher_is_not_there(desk):
    voucher = make_producers_voucher(make_producer("HTX Khác"))

    assert "NHAVUON" not in words(desk.get(ROOM))
    for path in (f"{voucher.pk}/", f"{voucher.pk}/sua/"):
        assert desk.get(f"{ROOM}{path}").status_code == 404
    assert desk.post(f"{ROOM}{voucher.pk}/dung/").status_code == 404


def test_a_stopped_producer_makes_none(desk, producer):
    producer.profile.status = "suspended"
    producer.profile.save()

    answer = desk.post(f"{ROOM}moi/", typed())

    assert answer.status_code == 422
    assert "Văn phòng OCOP đã dừng gian hàng này" in words(answer)
    assert not Voucher.objects.exists()


@pytest.mark.parametrize("role", [Membership.Role.ORDERS, Membership.Role.MONEY])
def test_who_sets_no_prices_gives_no_vouchers(client, producer, role):
    log_in(client, make_member(producer, role=role), second_factor=True)

    assert client.get(ROOM).status_code in {403, 404}


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_many_as_for_one(desk, producer, count, django_assert_max_num_queries):
    for number in range(count):
        make_listing(f"Chè {number}", producer=producer)
        voucher = make_producers_voucher(producer, f"MA{number:04}")
    desk.get(ROOM)

    with django_assert_max_num_queries(LIST_QUERIES):
        desk.get(ROOM)
    with django_assert_max_num_queries(PAGE_QUERIES):
        desk.get(f"{ROOM}{voucher.pk}/")


LIST_QUERIES, PAGE_QUERIES = 14, 22
