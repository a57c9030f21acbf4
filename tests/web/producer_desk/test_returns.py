"""Returns at the producer's desk: what waits, the clock, each answer, and nothing of another's."""

import pytest

from shop.common import clock
from shop.domain.ordering.refund_accounts import Whereto, declare_refund_account
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.models import ReturnRequest
from tests.components.showing import show
from tests.factories import make_listing, make_member, make_producer
from tests.factories.logins import log_in
from tests.factories.returns import decide, make_delivered, make_disputed, make_return, make_sent_back

pytestmark = pytest.mark.django_db
ROOM = "/ban-hang/tra-hang/"


@pytest.fixture
def tea_house():
    return make_producer("HTX Chè Tân Cương")


@pytest.fixture
def tea(tea_house):
    return make_listing("Chè Tân Cương", producer=tea_house, stock=10)


@pytest.fixture
def clerk(client, tea_house):
    return log_in(client, make_member(tea_house, role="producer_orders"))


def act(client, found, name, **data):
    return client.post(f"{ROOM}{found.pk}/", {"act": name, **data}, follow=True)


def state(found):
    return ReturnRequest.objects.values_list("state", flat=True).get(pk=found.pk)


def test_what_waits_is_counted_in_the_menu_and_listed_with_its_clock(clerk, tea):
    make_return(make_delivered((tea, 1)))
    make_disputed(make_delivered((tea, 1)))

    to_do, waiting = (clerk.get(ROOM + query).content.decode() for query in ("", "?muc=dang-cho"))

    assert ("Còn 47 giờ" in to_do, "Hàng hỏng, vỡ" in to_do) == (True, True)
    assert "Chờ văn phòng quyết định" in waiting
    assert "1 việc trả hàng chờ bạn." in clerk.get("/ban-hang/").content.decode()


def test_accepting_tells_and_refusing_needs_a_reason(clerk, tea):
    first, second = make_return(make_delivered((tea, 1))), make_return(make_delivered((tea, 1)))

    done = act(clerk, first, "accept").content.decode()
    silent = act(clerk, second, "refuse", words=" ")
    act(clerk, second, "refuse", words="Gói đã mở")

    assert "người mua được báo tin" in done
    assert (silent.status_code, "Hãy viết lý do" in silent.content.decode()) == (422, True)
    assert (state(first), state(second)) == ("accepted", "refused")


def test_received_goods_go_on_the_shelf_as_far_as_they_can_be_sold(clerk, tea):
    found = make_sent_back(make_delivered((tea, 3)), units=2)
    line = found.lines.get().line_id

    too_many = act(clerk, found, "receive", **{f"line_{line}": 3})
    act(clerk, found, "receive", **{f"line_{line}": 1})

    assert (too_many.status_code, state(found)) == (422, "refunded")
    assert (tea.stock_records.get().num_in_stock, Refund.objects.get().amount_vnd) == (8, found.amount_vnd)


def test_what_came_wrong_goes_to_the_office(clerk, tea):
    found = make_sent_back(make_delivered((tea, 1)))

    assert act(clerk, found, "contest").status_code == 422
    act(clerk, found, "contest", words="Hộp rỗng")
    assert state(found) == "disputed"


def test_a_step_that_came_too_late_is_told_and_keeps_what_was_typed(clerk, tea):
    found = make_disputed(make_delivered((tea, 1)))
    late = act(clerk, found, "refuse", words="Gói đã mở rồi")

    assert (late.status_code, "đã chuyển bước" in late.content.decode()) == (409, True)
    assert act(clerk, found, "nonsense").status_code == 422


def test_what_the_office_decided_is_read_here(clerk, tea):
    found = make_disputed(make_delivered((tea, 1)))
    decide(found, is_borne_by_shop=True)

    page = clerk.get(f"{ROOM}{found.pk}/").content.decode()
    assert ("Ảnh cho thấy rách" in page, "sàn chịu" in page) == (True, True)


def test_another_producers_return_and_its_pictures_are_not_there(clerk):
    found = make_return(make_delivered((make_listing(producer=make_producer("Trại ong")), 1)))
    photo = found.photos.get().pk

    assert clerk.get(f"{ROOM}{found.pk}/").status_code == 404
    assert act(clerk, found, "accept").status_code == 404
    assert clerk.get(f"{ROOM}{found.pk}/anh/{photo}/").status_code == 404
    assert state(found) == "asked"


def test_pictures_are_shown_and_the_buyers_account_is_not(clerk, tea):
    parcel = make_delivered((tea, 1))
    found = make_sent_back(parcel)
    whereto = Whereto("970436", "007100091234", "Lê Minh Châu")
    declare_refund_account(order_id=parcel.order_id, whereto=whereto, actor=SYSTEM, now=clock.now())

    photo = clerk.get(f"{ROOM}{found.pk}/anh/{found.photos.get().pk}/")
    assert (photo.status_code, photo["Content-Type"], "no-store" in photo["Cache-Control"]) == (200, "image/jpeg", True)
    for page in (f"{ROOM}{found.pk}/", f"/ban-hang/kien/{parcel.pk}/", ROOM):
        text = clerk.get(page).content.decode()
        assert ("1234" in text and "0071" in text, "Vietcombank" in text) == (False, False)


@pytest.mark.parametrize("role", ["producer_listings", "producer_money"])
def test_who_packs_no_parcels_answers_no_returns(client, tea_house, tea, role):
    found = make_return(make_delivered((tea, 1)))
    member = log_in(client, make_member(tea_house, role=role), second_factor=True)

    assert member.get(f"{ROOM}{found.pk}/").status_code in {403, 404}


def test_the_list_costs_the_same_for_one_and_for_three(clerk, tea, django_assert_max_num_queries):
    make_return(make_delivered((tea, 1)))
    clerk.get(ROOM)
    with django_assert_max_num_queries(40) as one:
        clerk.get(ROOM)
    for _ in range(2):
        make_return(make_delivered((tea, 1)))
    with django_assert_max_num_queries(len(one)):
        assert clerk.get(ROOM).content.decode().count("Còn 47 giờ") == 3


def test_list_and_page_are_accessible_on_a_phone_and_at_a_desk(clerk, tea, phone_page, desk_page, assert_accessible):
    found = make_sent_back(make_delivered((tea, 3)), units=2)
    wrong, room = (answer.content.decode() for answer in (act(clerk, found, "contest"), clerk.get(f"/en{ROOM}")))

    for page in (phone_page, desk_page):
        assert_accessible(show(page, room))
        assert_accessible(show(page, wrong))
