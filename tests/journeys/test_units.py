"""A pack is called in the language of whoever reads: on pages of the buyer and the producer, on papers and in letters."""

import re

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.paper_tables import Writer
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in
from tests.factories.vouchers import make_producers_voucher

pytestmark = pytest.mark.django_db
UNITS = {"vi": "hộp 1 kg", "en": "1 kg box"}


@pytest.fixture
def house():
    return make_producer()


@pytest.fixture
def order(house):
    tea = make_listing(producer=house, unit=UNITS["vi"], unit_en=UNITS["en"], title_en="Tea", stock=9, price_vnd=90_000)
    return make_order((tea, 1))


def is_called_right(page, language):
    other = UNITS["en" if language == "vi" else "vi"]
    # The e-invoice and a form of a Vietnamese text keep it; nothing that is read does.
    shown = re.sub(r"<(?:input|textarea)[^>]*>", "", page)
    return UNITS[language] in shown and other not in shown


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_with_a_pack_names_it_in_its_language(language, order, house):
    front = "/en" if language == "en" else ""
    token, parcel = tracking_token(order), order.parcels.get()
    link = f"{front}/don-hang/{order.number}/{token}/"
    buyer = [link, f"{link}phieu/", f"{link}huy/{parcel.pk}/", f"{front}/thanh-toan/cam-on/{order.number}/{token}/"]
    desk = [f"{front}/ban-hang/{rest}" for rest in ("", "kien/", f"kien/{parcel.pk}/", f"kien/{parcel.pk}/phieu/")]
    listing = house.listings.get()
    voucher = make_producers_voucher(house, scope="programme", product_ids=[listing.product_id])
    desk += [f"{front}/ban-hang/san-pham/{listing.pk}/", f"{front}/ban-hang/ma-giam-gia/{voucher.pk}/"]
    owner = log_in(Client(), make_member(house), second_factor=True)

    shown = {path: is_called_right(Client().get(path).content.decode(), language) for path in buyer}
    shown |= {path: is_called_right(owner.get(path).content.decode(), language) for path in desk}

    assert [path for path, is_right in shown.items() if not is_right] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_letters_and_papers_name_it_too(language, order):
    OutboxMessage.objects.update(language=language)
    letters = [render_message(one, today=clock.today()) for one in OutboxMessage.objects.filter(channel="email")]

    assert len(letters) >= 1
    for text in letters:
        assert is_called_right(text.body, language)
        assert is_called_right(text.html, language)
    assert UNITS[language] in Writer(language).title(order.lines.get())


def test_what_nobody_translated_stays_vietnamese_and_is_marked():
    order = make_order((make_listing(unit="hộp 1 kg", title_en="Tea"), 1), language="en")

    text = render_message(OutboxMessage.objects.get(channel="email", kind="order_placed"), today=clock.today())

    assert '<span lang="vi" style="color:#5a4b3f">(hộp 1 kg)' in text.html
    page = Client().get(f"/en/don-hang/{order.number}/{tracking_token(order)}/").content.decode()
    assert '<span lang="vi">hộp 1 kg</span>' in page
