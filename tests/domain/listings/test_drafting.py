"""A certificate of a known producer becomes a product and a draft; a renewal is attached to what is listed."""

import pytest

from catalogue_ext.models import Category, Product
from shop.domain.certificates.naming import comparable
from shop.domain.listings.drafting import draft_listing_for, draft_listings
from shop.domain.listings.models import Listing
from tests.factories import make_certificate, make_commune, make_listing, make_producer

pytestmark = pytest.mark.django_db


def test_a_draft_is_named_and_placed_as_its_certificate():
    commune = make_commune()
    certificate = make_certificate(product_name="Mật ong bạc hà", commune=commune, province=commune.province, criteria_set=4)
    other = make_certificate(product_name="Chè")

    draft = draft_listing_for(certificate=certificate)

    product = Product.objects.get(pk=draft.product_id)
    assert (draft.state, draft.producer, draft.certificate, draft.price_from_vnd) == (
        "draft",
        certificate.producer,
        certificate,
        None,
    )
    assert (product.title, product.slug, product.structure, product.criteria_set) == (
        "Mật ong bạc hà",
        "mat-ong-bac-ha",
        Product.STANDALONE,
        4,
    )
    assert (product.origin_province, product.origin_commune, product.product_class.slug) == (commune.province, commune, "ocop")
    certificate.refresh_from_db()
    other.refresh_from_db()
    assert (certificate.product, other.product) == (product, None)


def test_several_products_of_one_certificate_are_its_packs():
    certificate = make_certificate(product_name="Trà")

    draft = draft_listing_for(certificate=certificate, variants=("Trà xanh", "Trà sen"))

    parent = draft.product
    packs = list(parent.children.order_by("pk"))
    assert (parent.structure, [pack.title for pack in packs]) == (Product.PARENT, ["Trà xanh", "Trà sen"])
    assert {(pack.structure, pack.criteria_set, pack.origin_province_id) for pack in packs} == {
        (Product.CHILD, parent.criteria_set, parent.origin_province_id)
    }
    assert [pack.slug for pack in packs] == ["tra-xanh", "tra-sen"]
    assert Listing.objects.count() == 1


def test_a_renewal_is_attached_to_the_product_that_is_listed():
    listing = make_listing("Chè Tân Cương")
    renewal = make_certificate(producer=listing.producer, product_name="CHÈ TÂN CƯƠNG")
    foreign = make_certificate(producer=make_producer("HTX khác"), product_name="Chè Tân Cương")

    for certificate in (renewal, foreign):
        # As an import writes it.
        certificate.folded_name = comparable(certificate.product_name)
        certificate.save()

    made = draft_listings(certificates=[renewal, foreign], variants={})

    for certificate in (renewal, foreign):
        certificate.refresh_from_db()
    assert [draft.certificate for draft in made] == [foreign]
    assert (renewal.product, foreign.product == listing.product) == (listing.product, False)
    assert draft_listing_for(certificate=renewal) is None


def test_who_is_not_known_gets_no_draft():
    certificate = make_certificate()
    certificate.producer = None

    assert draft_listing_for(certificate=certificate) is None
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("name", "printed", "given", "expected"),
    [("Rượu men lá", "", None, 14), ("Mật ong", "", 4, 4), ("X", "", None, None)],
)
def test_spirits_do_not_pass_as_something_else(name, printed, given, expected):
    certificate = make_certificate(product_name=name, group_as_printed=printed, criteria_set=given)

    product = draft_listing_for(certificate=certificate).product

    assert product.criteria_set == expected
    assert product.is_alcohol == (expected == 14)


def test_a_draft_is_filed_by_its_set_or_else_by_its_group():
    group = Category.objects.add_root(instance=Category(name="Thực phẩm thử", group="food", slug="thuc-pham-thu"))
    honey = Category.objects.add_child(group, instance=Category(name="Mật ong thử", criteria_set=4, slug="mat-ong-thu"))
    known, unknown = make_certificate(criteria_set=4), make_certificate(product_name="X")

    filed = [set(draft_listing_for(certificate=one).product.categories.values_list("pk", flat=True)) for one in (known, unknown)]

    assert (len(filed[0]), filed[0] <= set(Category.objects.filter(criteria_set=4).values_list("pk", flat=True))) == (1, True)
    assert (filed[1], honey.criteria_set) == (set(), 4)


def test_a_long_name_is_cut_and_a_name_without_letters_has_an_address():
    long, odd = make_certificate(product_name="Chè " * 100), make_certificate(product_name="★★★")

    titles = [draft_listing_for(certificate=certificate).product for certificate in (long, odd)]

    assert (len(titles[0].title), len(titles[0].slug) <= 255, titles[1].slug) == (255, True, "san-pham")
