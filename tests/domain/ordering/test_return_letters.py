"""Each step of a return is told to the other side, in its language, and a buyer's words stay behind the log-in."""

import pytest
from django.conf import settings

from shop.common import clock
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering.return_letters import buyer_letter
from shop.domain.ordering.returning import dispute_return, refuse_return, withdraw_return
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_producer
from tests.factories.returns import decide, make_delivered, make_disputed, make_received, make_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel():
    tea_house = make_producer("HTX Chè Tân Cương", email="tra@example.vn", language="vi")
    return make_delivered((make_listing("Chè Tân Cương", producer=tea_house, stock=9), 2), language="en")


def letters(kind):
    found = OutboxMessage.objects.filter(kind=kind, channel="email").order_by("pk")
    return [render_message(message, today=clock.today()) for message in found]


def subjects(kind):
    return [text.subject.split(":")[0] for text in letters(kind)]


def test_a_return_that_goes_well(parcel):
    make_received(parcel)

    assert subjects("return_step") == [
        "Your return was asked for",
        "You may send the goods back",
        "The money of your return is on its way",
    ]
    assert subjects("return_step_producer") == ["Khách muốn trả hàng", "Hàng trả đang trên đường về"]


def test_a_dispute_and_what_the_office_said(parcel):
    found = make_disputed(parcel)
    decide(found, "none", words="Ảnh không cho thấy")

    refused, decided = letters("return_step")[1], letters("return_step")[-1]
    assert ("Gói đã mở" in refused.body, "Refund:" in refused.body) == (True, True)
    assert ("Ảnh không cho thấy" in decided.html, "Refund:" in decided.body) == (True, False)
    assert all(parcel.number in text.body for text in (refused, decided))
    assert f"{settings.BASE_URL}/en/don-hang/{parcel.order.number}/" in decided.body
    assert subjects("return_step_producer") == [
        "Khách muốn trả hàng",
        "Việc trả hàng được chuyển lên văn phòng",
        "Văn phòng không chấp nhận yêu cầu trả hàng",
    ]


def test_the_producers_letter_has_the_link_to_the_desk_and_nothing_of_the_buyer(parcel):
    found = make_return(parcel, words="Châu thấy gói rách")
    withdraw_return(return_id=found.pk, actor=SYSTEM, now=clock.now())

    for text in letters("return_step_producer"):
        assert f"{settings.BASE_URL}/ban-hang/tra-hang/{found.pk}/" in text.body
        for written in (text.subject, text.body, text.html):
            assert not any(secret in written for secret in ("Châu", "912345678", "/don-hang/", "Dương Quảng Hàm"))


def test_a_letter_says_what_comes_next_and_how_much(parcel):
    asked = make_return(parcel)
    told = buyer_letter({"step_id": asked.steps.get().pk}, today=clock.today())
    found = make_disputed_of(asked)
    last = buyer_letter({"step_id": decide(found, "none").steps.last().pk}, today=clock.today())

    assert set(told) == {"number", "line", "next", "amount_vnd", "page_url", "said"}
    assert (told["number"], told["amount_vnd"], told["said"]) == (parcel.number, asked.amount_vnd, "")
    assert (last["amount_vnd"], last["said"]) == (0, "Ảnh cho thấy rách")


def make_disputed_of(asked):
    refuse_return(return_id=asked.pk, refusal="Gói đã mở", actor=SYSTEM, now=clock.now())
    return dispute_return(return_id=asked.pk, dispute="Rách từ khi nhận", actor=SYSTEM, now=clock.now())


def test_a_step_that_is_gone_tells_nothing():
    with pytest.raises(NothingToTell):
        buyer_letter({"step_id": 0}, today=clock.today())
