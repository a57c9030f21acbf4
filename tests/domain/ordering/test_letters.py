import pytest
from django.conf import settings
from django.utils.translation import override

from shop.common import clock
from shop.common.phone import format_phone
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering.letters import LetterLine, order_letter, parcel_letter
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.refund_accounts import Whereto, declare_refund_account
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order
from tests.factories import make_certificate, make_decision, make_listing, make_order, make_producer
from tests.factories.vouchers import make_voucher, order_with

TODAY = clock.today()


@pytest.fixture
def tea_and_honey(db):
    """An order from two producers, in English, of five and of three stars."""
    tea = make_listing(
        "Chè Tân Cương", producer=make_producer("HTX Chè Tân Cương"), stars=5, price_vnd=185_000, title_en="Tân Cương tea"
    )
    honey = make_listing("Mật ong bạc hà", producer=make_producer("Trại ong Mèo Vạc"), stars=3, price_vnd=320_000)
    return make_order((tea, 2), (honey, 1), language="en")


def text_of(order, *, kind, nth=0):
    message = OutboxMessage.objects.filter(order=order, kind=kind).order_by("pk")[nth]
    return render_message(message, today=TODAY)


def test_the_buyers_letter_has_every_line_with_its_star_code_and_proof(tea_and_honey):
    order = tea_and_honey

    text = text_of(order, kind="order_placed")

    link = f"{settings.BASE_URL}/en/don-hang/{order.number}/{tracking_token(order)}/"
    assert text.subject == f"Order {order.number} received – Chợ OCOP"
    for words in (link, "Tân Cương tea", "Mật ong bạc hà", "370,000\u00a0₫", "320,000\u00a0₫", "Total, tax included"):
        assert words in text.body
        assert words in text.html
    for line in order.lines.all():
        bought_on = f"?ngay={TODAY:%Y-%m-%d}"
        assert f"{settings.BASE_URL}/en/xac-minh/{line.certificate_code}/{bought_on}" in text.body
        assert f"OCOP {line.stars} stars, certificate {line.certificate_code}" in text.body
    assert "★★★★★" in text.html
    assert "★★★☆☆" in text.html


def test_the_buyers_letter_says_what_a_voucher_took_off(db):
    make_voucher("TET2026", amount_vnd=50_000)
    order = order_with("TET2026", (make_listing(price_vnd=185_000), 1))

    text = text_of(order, kind="order_placed")

    for written in (text.body, text.html):
        for words in ("Giảm giá, mã TET2026", "−50.000\u00a0₫", "185.000\u00a0₫"):
            assert words in written
        assert "135.000" not in written.replace("\u00a0", " ").split("Giao hàng")[0]


def test_a_producers_letter_has_its_own_lines_and_no_buyer(tea_and_honey):
    tea = text_of(tea_and_honey, kind="order_placed_producer", nth=0)
    honey = text_of(tea_and_honey, kind="order_placed_producer", nth=1)

    parcel = tea_and_honey.parcels.order_by("pk")[0]
    assert f"{settings.BASE_URL}/ban-hang/kien/{parcel.pk}/" in tea.body
    for text, own, other in ((tea, "Chè Tân Cương", "Mật ong"), (honey, "Mật ong bạc hà", "Chè")):
        for written in (text.subject, text.body, text.html):
            assert other not in written
            for secret in ("Lê Minh Châu", "912345678", "912 345 678", "Dương Quảng Hàm", "/don-hang/"):
                assert secret not in written
        assert own in text.body


def test_a_letter_says_what_was_sold_even_when_the_certificate_changed_since(tea_and_honey):
    line = tea_and_honey.lines.get(stars=5)
    line.certificate.stars = 4
    line.certificate.save(update_fields=["stars"])

    assert f"OCOP 5 stars, certificate {line.certificate_code}" in text_of(tea_and_honey, kind="order_placed").body


def test_a_sample_is_called_a_sample(db):
    certificate = make_certificate(decision=make_decision(is_sample=True))
    order = make_order((make_listing(certificate=certificate), 1))

    text = text_of(order, kind="order_placed")

    assert "(mẫu)" in text.body
    assert "(mẫu)" in text.html


def test_a_reason_is_shown_and_a_dropped_parcel_announces_no_day(tea_and_honey):
    parcel = tea_and_honey.parcels.order_by("pk")[0]
    shown = render_message(_message("parcel_confirmed", parcel), today=TODAY).body
    Parcel.objects.filter(pk=parcel.pk).update(status="declined", reason="Hết nguyên liệu {{ x }}")

    text = render_message(_message("parcel_declined", parcel), today=TODAY)

    assert "Expected between" in shown
    assert "Expected between" not in text.body
    assert "Hết nguyên liệu {{ x }}" in text.body
    assert "You pay nothing for this parcel" in text.html


def test_an_order_s_letter_has_its_sums_and_how_to_reach_the_buyer(tea_and_honey):
    parcels = list(tea_and_honey.parcels.order_by("pk"))
    Parcel.objects.filter(pk=parcels[0].pk).update(status="declined", reason="Hết hàng")
    told = order_letter({"order_id": tea_and_honey.pk}, today=TODAY)

    assert (told["order"], told["buyer_phone"]) == (tea_and_honey, format_phone(tea_and_honey.buyer_phone))
    assert (told["goods_vnd"], told["discount_vnd"], told["voucher_code"]) == (690_000, 0, "")
    assert (told["due_vnd"], told["paid_vnd"], told["is_cash_on_delivery"]) == (parcels[1].total_vnd, 0, True)


def refund_letter_of(method, *, kind, language="vi"):
    """About a refund of an order paid so."""
    order = make_order((make_listing(stock=9), 1))
    payment = order.payments.get()
    Payment.objects.update(method=method, captured_vnd=payment.amount_vnd)
    Order.objects.update(payment_method=method)
    refund = Refund.objects.create(
        payment=payment, order=order, key="k", amount_vnd=90_000, reason="returned", status="approved", requested_at=clock.now()
    )
    message = OutboxMessage(kind=kind, channel="email", language=language, payload={"refund_id": refund.pk}, key="k")
    return order, render_message(message, today=TODAY)


@pytest.mark.parametrize("kind", ["refund_started", "refund_paid"])
def test_a_refund_of_a_card_is_told_with_its_sum_and_wants_nothing(db, kind):
    _, text = refund_letter_of("card", kind=kind)

    assert "90.000" in text.subject
    assert "thẻ" in text.body
    assert "thẻ" in text.html
    assert "tai-khoan-hoan-tien" not in text.body + text.html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refund_the_bank_paid_is_taken_back_with_what_it_took(db, language):
    refund_letter_of("card", kind="refund_started")
    Refund.objects.update(status="failed", called_off_at=clock.now(), taken_vnd=60_000)
    message = OutboxMessage(
        kind="refund_called_off", channel="email", language=language, payload={"refund_id": Refund.objects.get().pk}, key="k"
    )

    text = render_message(message, today=TODAY)

    total = "60.000" if language == "vi" else "60,000"
    assert all(total in part for part in (text.subject, text.body, text.html))
    # The rest comes as a refund of its own.
    assert ("thư riêng" if language == "vi" else "letter of its own") in text.body


@pytest.mark.parametrize(("language", "words"), [("vi", "Cho biết tài khoản nhận tiền"), ("en", "Tell us the account")])
@pytest.mark.parametrize("method", ["cod", "vietqr"])
def test_a_refund_that_goes_by_transfer_asks_for_the_account_until_it_is_known(db, method, language, words):
    order, text = refund_letter_of(method, kind="refund_started", language=language)
    assert words in text.body
    assert words in text.html
    assert "tai-khoan-hoan-tien" in text.body

    whereto = Whereto("970436", "007100091234", "Nguyen Thi Yen")
    declare_refund_account(order_id=order.pk, whereto=whereto, actor=SYSTEM, now=clock.now())
    message = OutboxMessage(
        kind="refund_started", channel="email", language=language, payload={"refund_id": Refund.objects.get().pk}, key="k"
    )
    again = render_message(message, today=TODAY)
    assert words not in again.body + again.html
    assert "1234" in again.body
    assert "007100091234" not in again.body + again.html


@pytest.mark.parametrize(("stars", "signs"), [(5, "★★★★★"), (4, "★★★★☆"), (None, "☆☆☆☆☆")])
def test_stars_are_drawn_five_at_a_time(stars, signs):
    line = LetterLine("Chè", False, "gói", False, 1, 1, stars, "", False, "")

    assert line.star_signs == signs


@pytest.mark.parametrize(("language", "marked"), [("vi", [False, False]), ("en", [False, True])])
def test_only_an_english_letter_marks_a_title_nobody_translated(tea_and_honey, language, marked):
    with override(language):
        parcels = order_letter({"order_id": tea_and_honey.pk}, today=TODAY)["parcels"]

    assert [parcel.lines[0].is_title_vietnamese for parcel in parcels] == marked


@pytest.mark.parametrize(("letter", "name"), [(order_letter, "order_id"), (parcel_letter, "parcel_id")])
def test_a_letter_about_nothing_says_so(db, letter, name):
    with pytest.raises(NothingToTell):
        letter({name: 0}, today=TODAY)


def _message(kind, parcel):
    return OutboxMessage(kind=kind, channel="email", language="en", payload={"parcel_id": parcel.pk})
