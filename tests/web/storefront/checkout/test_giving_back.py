"""The buyer sends goods back by the secret link: asks with pictures, answers, turns to the office, names an account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shop.common import clock
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.refund_accounts import account_of_order
from shop.domain.ordering.returning import accept_return
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.models import ReturnRequest
from shop.web.storefront.checkout import giving_back
from tests.components.showing import show
from tests.factories import make_listing, make_order, make_producer
from tests.factories.returns import make_delivered, make_picture, make_received, make_refused, make_return
from tests.web.storefront.checkout.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel():
    return make_delivered((make_listing("Chè Tân Cương", price_vnd=185_000, stock=10), 3))


def link(parcel, rest=None, language=""):
    rest = f"tra-hang/{parcel.pk}/" if rest is None else rest
    return f"{language}/don-hang/{parcel.order.number}/{tracking_token(parcel.order)}/{rest}"


def picture(name="goi.jpg", content=None):
    return SimpleUploadedFile(name, make_picture() if content is None else content, "image/jpeg")


def ask(client, parcel, *, units=1, **changes):
    line = parcel.lines.get().pk
    values = {"act": "ask", "form_key": uuid4(), f"line_{line}": units, "reason": "damaged", "words": "Gói bị rách"}
    return client.post(link(parcel), {**values, **changes})


def press(client, parcel, act, words=""):
    return client.post(link(parcel), {"act": act, "words": words})


def state():
    return ReturnRequest.objects.get().state


def test_the_order_page_offers_it_for_each_line_within_the_window_only(client, parcel):
    inside = client.get(link(parcel, "")).content.decode()
    Parcel.objects.update(delivered_at=clock.now() - timedelta(days=7, seconds=1))
    outside = client.get(link(parcel, "")).content.decode()

    url = link(parcel) + f"?dong={parcel.lines.get().pk}"
    assert (url in inside, url in outside) == (True, False)
    assert "Kiện này không trả được" in words_of(client.get(link(parcel)))


def test_asked_with_pictures_it_stands_on_the_page_and_each_picture_opens_by_the_link(client, parcel):
    response = ask(client, parcel, units=2, photos=[picture(), picture("hop.png", make_picture(kind="PNG"))])
    found = ReturnRequest.objects.get()

    assert (response.status_code, found.goods_vnd, found.words) == (303, 370_000, "Gói bị rách")
    shown = client.get(link(parcel))
    assert "Chờ chủ thể trả lời" in words_of(shown)
    photo = client.get(link(parcel, f"anh-tra-hang/{found.photos.first().pk}/"))
    assert (photo.status_code, photo["Content-Type"], photo["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert photo.content.startswith(b"\xff\xd8")
    assert "Return: Waiting for the producer" in words_of(client.get(link(parcel, "", "/en")))


def test_a_picture_is_nobody_elses(client, parcel):
    found = make_return(parcel)
    other = make_order((make_listing(producer=make_producer("HTX khác")), 1)).parcels.get()

    assert client.get(link(other, f"anh-tra-hang/{found.photos.get().pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"photos": [("don.pdf", b"%PDF-1.4")]}, "«don.pdf» không phải ảnh"),
        ({"photos": [("trong.jpg", b"")]}, "ảnh trống"),
        ({"photos": [("goi.jpg", None)] * 6}, "Tối đa 5 ảnh"),
        ({"reason": ""}, "Hãy chọn lý do trả."),
        ({"reason": "because"}, "Hãy chọn lý do trả."),
        ({"units": 0}, "ít nhất 1"),
        ({"units": 4}, "nhiều nhất 3"),
        ({"units": "nhiều"}, "số nguyên"),
        ({"words": "x" * 1001}, "Dài quá 1.000"),
    ],
)
def test_wrong_input_is_answered_by_a_sentence_and_the_rest_is_kept(client, parcel, changes, sentence):
    # A file is read once: each run of the test has its own.
    changes = changes | {name: [picture(*file) for file in files] for name, files in changes.items() if name == "photos"}
    response = ask(client, parcel, **changes)

    assert (response.status_code, ReturnRequest.objects.count()) == (422, 0)
    assert sentence in words_of(response)
    if "words" not in changes:
        assert "Gói bị rách" in response.content.decode()


def test_pictures_are_taken_so_often_within_an_hour_and_a_request_without_any_always(client, parcel, monkeypatch):
    monkeypatch.setattr(giving_back, "PHOTOS_OF_ORDER", 3)
    monkeypatch.setattr(giving_back, "PHOTOS_OF_ADDRESS", 4)
    wrong = {"photos": [picture(), picture()], "units": 0}
    assert ask(client, parcel, **wrong).status_code == 422

    refused = ask(client, parcel, photos=[picture(), picture()])
    assert (refused.status_code, ReturnRequest.objects.count()) == (429, 0)
    assert "Hãy gửi yêu cầu không kèm ảnh" in words_of(refused)
    assert "Gói bị rách" in refused.content.decode()
    # By a shared address as well: another order's pictures come from the same place.
    other = make_delivered((make_listing("Mật ong", stock=9), 1))
    assert ask(client, other, photos=[picture()]).status_code == 429

    assert ask(client, parcel).status_code == 303


def test_the_same_form_pressed_twice_is_one_request(client, parcel):
    key = uuid4()
    ask(client, parcel, form_key=key)
    again = ask(client, parcel, form_key=key)

    assert (again.status_code, ReturnRequest.objects.count()) == (303, 1)


def test_pressed_too_late_it_is_told(client, parcel):
    Parcel.objects.update(delivered_at=clock.now() - timedelta(days=8))

    response = ask(client, parcel)

    assert (response.status_code, ReturnRequest.objects.count()) == (409, 0)
    assert "đã quá hạn trả hàng" in words_of(response)


def test_a_refusal_is_answered_and_then_taken_to_the_office(client, parcel):
    make_refused(parcel)
    assert "Gói đã mở" in words_of(client.get(link(parcel)))

    assert press(client, parcel, "answer").status_code == 422
    assert press(client, parcel, "answer", "Rách sẵn khi nhận").status_code == 303
    assert state() == "asked"
    assert press(client, parcel, "dispute", "Nhờ xem ảnh").status_code == 409
    ReturnRequest.objects.update(state="refused")
    empty = press(client, parcel, "dispute", "  ")
    assert (empty.status_code, "Hãy viết vì sao bạn không đồng ý." in words_of(empty)) == (422, True)
    press(client, parcel, "dispute", "Nhờ xem ảnh")
    assert state() == "disputed"


def test_accepted_goods_are_sent_and_what_is_not_accepted_can_be_kept(client, parcel):
    found = make_return(parcel)
    assert press(client, parcel, "sent", "VT1").status_code == 409
    accept_return(return_id=found.pk, actor=SYSTEM, now=clock.now())
    assert press(client, parcel, "sent").status_code == 422
    assert press(client, parcel, "sent", "VT123").status_code == 303

    assert (state(), ReturnRequest.objects.get().return_tracking) == ("sent_back", "VT123")
    assert press(client, parcel, "withdraw").status_code == 409


def test_kept_after_all_it_can_be_asked_again(client, parcel):
    make_return(parcel)
    press(client, parcel, "withdraw")

    assert state() == "withdrawn"
    assert "Yêu cầu trả hàng khác" in words_of(client.get(link(parcel)))


def test_an_unknown_act_or_anothers_parcel_is_not_there(client, parcel):
    other = make_order((make_listing(), 1)).parcels.get()

    assert press(client, parcel, "withdraw").status_code == 404
    assert client.get(link(parcel, f"tra-hang/{other.pk}/")).status_code == 404


def test_cash_goes_back_to_an_account_that_only_its_end_is_shown_of(client, parcel):
    make_received(parcel)
    assert "Cho biết tài khoản nhận tiền" in words_of(client.get(link(parcel, "")))
    form = link(parcel, "tai-khoan-hoan-tien/")

    wrong = client.post(form, {"bank_bin": "970436", "account_number": "12", "holder": "Lê Minh Châu"})
    assert (wrong.status_code, "từ 6 đến 19 chữ số" in words_of(wrong)) == (422, True)
    client.post(form, {"bank_bin": "970436", "account_number": "0071 0009 1234", "holder": "Lê Minh Châu"})

    assert account_of_order(order_id=parcel.order_id).holder == "LE MINH CHAU"
    for page in (form, link(parcel, ""), link(parcel)):
        text = words_of(client.get(page))
        assert ("Vietcombank, số kết thúc bằng 1234" in text, "00710009" in text) == (True, False)


def test_form_and_refusal_are_accessible_on_a_phone_and_at_a_desk(client, parcel, phone_page, desk_page, assert_accessible):
    wrong = ask(client, parcel, units=9, reason="").content.decode()
    make_refused(parcel)
    refused = client.get(link(parcel, language="/en")).content.decode()

    for page in (phone_page, desk_page):
        assert_accessible(show(page, wrong))
        assert_accessible(show(page, refused))
