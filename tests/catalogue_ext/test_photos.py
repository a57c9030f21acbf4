"""The first photo of a product, wherever the product is shown."""

import pytest
from django.urls import reverse

from catalogue_ext.models import ProductImage
from catalogue_ext.photos import photo_url
from shop.common import clock
from shop.domain.listings.queries import display_product, read_items
from tests.factories import make_listing, make_pack
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def photographed(name="Chè Tân Cương", **values):
    """A listing with two photos, the second of which was taken first."""
    listing = make_listing(name, **values)
    for place, file_name in ((2, "products/la.jpg"), (1, "products/goi.jpg")):
        ProductImage.objects.create(product_id=listing.product_id, display_order=place, original=file_name)
    return listing


def test_no_photo_is_no_address():
    assert (photo_url(None), photo_url("")) == ("", "")


def test_cards_and_pages_show_the_photo_that_comes_first():
    shown, bare = photographed(), make_listing("Cà phê Cầu Đất")

    cards = {item.listing: item.photo for item in read_items([shown.pk, bare.pk], today=clock.today())}
    pages = [display_product(product_id=each.product_id, today=clock.today()).photo for each in (shown, bare)]

    assert cards == {shown: "/media/products/goi.jpg", bare: ""}
    assert pages == ["/media/products/goi.jpg", ""]


def test_a_basket_shows_the_photo_of_the_page_its_pack_is_sold_on(client):
    listing = photographed(stock=None)
    pack = make_pack(listing, unit="gói 100 g", price_vnd=40_000)
    client.post(reverse("basket:add", kwargs={"pk": pack.product_id}), {"quantity": "1"})

    assert 'src="/media/products/goi.jpg"' in client.get("/gio-hang/").content.decode()


def test_a_wish_list_shows_the_photo(client):
    client.force_login(make_user())
    client.post(reverse("storefront:keep_wish", kwargs={"product": photographed().product_id}))

    assert 'src="/media/products/goi.jpg"' in client.get(reverse("storefront:wishes")).content.decode()
