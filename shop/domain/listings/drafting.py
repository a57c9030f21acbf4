"""Drafts: an imported certificate of a known producer gets a product and a listing that waits for its price."""

from collections.abc import Mapping, Sequence

from django.db import connection
from oscar.apps.catalogue.models import ProductCategory, ProductClass

from catalogue_ext.models import Category, Product
from shop.common.copying import copy_in
from shop.common.vietnamese import slugify
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.naming import comparable
from shop.domain.certificates.taxonomy import find_group, suggest_criteria_set

from .models import Listing

PRODUCT_CLASS_SLUG = "ocop"
MAX_TITLE_LENGTH = 255


def draft_listings(*, certificates: Sequence[Certificate], variants: Mapping[int, Sequence[str]]) -> list[Listing]:
    """Make a draft for each certificate with a producer; `variants` are the names of several products by certificate id.

    A producer's product of the same name is the same product: a renewal is attached to it (and `superseding` decides which
    certificate its listing claims).
    """
    waiting = [one for one in certificates if one.producer_id and not one.product_id]
    known = _known_products(waiting)
    renewed = [one for one in waiting if _product_key(one) in known]
    for certificate in renewed:
        certificate.product = known[_product_key(certificate)].product
    fresh = [one for one in waiting if _product_key(one) not in known]
    products = _create_products(fresh, variants)
    for certificate, product in zip(fresh, products, strict=True):
        certificate.product = product
    _save_products_of(renewed + fresh)
    return copy_in(
        [
            Listing(product=product, producer_id=certificate.producer_id, certificate=certificate)
            for certificate, product in zip(fresh, products, strict=True)
        ]
    )


def draft_listing_for(*, certificate: Certificate, variants: Sequence[str] = ()) -> Listing | None:
    """Make the draft of one certificate; None when it has no producer yet or renews a product that is listed."""
    drafts = draft_listings(certificates=[certificate], variants={certificate.pk: variants})
    return drafts[0] if drafts else None


def _product_key(certificate: Certificate) -> tuple[int | None, str]:
    return (certificate.producer_id, certificate.folded_name)


def _known_products(certificates: Sequence[Certificate]) -> dict[tuple[int | None, str], Listing]:
    producers = {one.producer_id for one in certificates}
    found = Listing.objects.filter(producer__in=producers).select_related("product", "certificate").order_by("-pk")
    return {(listing.producer_id, comparable(listing.product.title)): listing for listing in found}


def _save_products_of(certificates: Sequence[Certificate]) -> None:
    """Write the product of each certificate: one statement, where bulk_update writes a CASE per row."""
    if certificates:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE certificates_certificate SET product_id = pair.product"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS pair(certificate, product)"
                " WHERE certificates_certificate.id = pair.certificate",
                [[one.pk for one in certificates], [one.product_id for one in certificates]],
            )


def _create_products(certificates: Sequence[Certificate], variants: Mapping[int, Sequence[str]]) -> list[Product]:
    product_class, _created = ProductClass.objects.get_or_create(slug=PRODUCT_CLASS_SLUG, defaults={"name": "OCOP"})
    products = copy_in([_product(one, product_class, has_packs=bool(variants.get(one.pk))) for one in certificates])
    copy_in(
        [
            _pack(name, product)
            for certificate, product in zip(certificates, products, strict=True)
            for name in variants.get(certificate.pk, ())
        ]
    )
    _file_under_categories(certificates, products)
    return products


def _product(certificate: Certificate, product_class: ProductClass, *, has_packs: bool) -> Product:
    return Product(
        structure=Product.PARENT if has_packs else Product.STANDALONE,
        product_class=product_class,
        title=certificate.product_name[:MAX_TITLE_LENGTH],
        slug=slugify(certificate.product_name)[:MAX_TITLE_LENGTH] or "san-pham",
        criteria_set=_criteria_set(certificate),
        origin_province_id=certificate.province_id,
        origin_commune_id=certificate.commune_id,
    )


def _pack(name: str, parent: Product) -> Product:
    title = name[:MAX_TITLE_LENGTH]
    return Product(
        structure=Product.CHILD,
        parent=parent,
        title=title,
        slug=slugify(title) or "san-pham",
        criteria_set=parent.criteria_set,
        origin_province_id=parent.origin_province_id,
        origin_commune_id=parent.origin_commune_id,
    )


def _criteria_set(certificate: Certificate) -> int | None:
    """Return the set printed with the certificate, else the one its name speaks of; spirits must not pass as juice."""
    if certificate.criteria_set:
        return certificate.criteria_set
    group = find_group(certificate.group_as_printed) if certificate.group_as_printed else None
    return suggest_criteria_set(product_name=certificate.product_name, group_code=group.code if group else "")


def _file_under_categories(certificates: Sequence[Certificate], products: Sequence[Product]) -> None:
    categories = list(Category.objects.all())
    by_set = {one.criteria_set: one for one in categories if one.criteria_set}
    by_group = {one.group: one for one in categories if one.is_root()}
    links = []
    for certificate, product in zip(certificates, products, strict=True):
        group = find_group(certificate.group_as_printed) if certificate.group_as_printed else None
        category = by_set.get(product.criteria_set) or (by_group.get(group.code) if group else None)
        if category:
            links.append(ProductCategory(product=product, category=category))
    copy_in(links)
