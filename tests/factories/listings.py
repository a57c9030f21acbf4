"""Products on the shelf: product, certificate, listing and stock record in one call."""

from decimal import Decimal
from itertools import count

from catalogue_ext.models import Product, ProductClass
from shop.common import clock
from shop.common.vietnamese import slugify
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.stock.models import StockMovement
from shop.oscar_forks.partner.models import StockRecord

from .certificates import make_certificate
from .producers import make_producer

_numbers = count(1)


def make_listing(
    title="Chè Tân Cương",
    *,
    producer=None,
    certificate=None,
    stars=4,
    price_vnd=185_000,
    stock=20,
    state="live",
    criteria_set=11,
    weight_grams=500,
    vat_class="8",
    unit="gói 500 g",
    **product_fields,
):
    """A live listing of a standalone product with a valid certificate; `stock=None` makes no stock record."""
    producer = producer or (certificate.producer if certificate else make_producer())
    number = next(_numbers)
    product = Product.objects.create(
        structure=Product.STANDALONE,
        product_class=ProductClass.objects.get_or_create(name="OCOP", slug="ocop")[0],
        title=title,
        slug=slugify(title),
        upc=f"OCOP-{number:05}",
        unit=unit,
        criteria_set=criteria_set,
        weight_grams=weight_grams,
        vat_class=vat_class,
        **product_fields,
    )
    certificate = certificate or make_certificate(producer=producer, product_name=title, stars=stars)
    certificate.product = product
    certificate.save(update_fields=["product"])
    listing = Listing.objects.create(
        product=product,
        producer=producer,
        certificate=certificate,
        state=state,
        price_from_vnd=price_vnd,
        went_live_at=clock.now() if state == "live" else None,
    )
    if stock is not None:
        make_stock_record(listing, price_vnd=price_vnd, stock=stock)
    return listing


def make_stock_record(listing, *, product=None, price_vnd=185_000, stock=20):
    """The stock record of the listing's product (or of one of its packs), with the movement that counted it."""
    product = product or listing.product
    record = StockRecord.objects.create(
        product=product,
        partner=listing.producer,
        listing=listing,
        partner_sku=product.upc,
        price=Decimal(price_vnd),
        num_in_stock=stock,
    )
    if stock:
        StockMovement.objects.create(stock_record=record, kind=StockMovement.Kind.COUNTED, on_hand_change=stock, at=clock.now())
    return record


def make_pack(listing, *, unit="hộp 1 kg", price_vnd=350_000, stock=20, weight_grams=1000):
    """One more size of a listing made with `stock=None`; its product becomes the parent. Returns the stock record."""
    parent = listing.product
    if parent.structure != Product.PARENT:
        parent.structure = Product.PARENT
        parent.save(update_fields=["structure"])
    number = next(_numbers)
    pack = Product.objects.create(
        structure=Product.CHILD,
        parent=parent,
        title=parent.title,
        slug=parent.slug,
        upc=f"OCOP-{number:05}",
        unit=unit,
        weight_grams=weight_grams,
        vat_class=parent.vat_class,
        criteria_set=parent.criteria_set,
    )
    return make_stock_record(listing, product=pack, price_vnd=price_vnd, stock=stock)


def make_revision(listing, *, texts=None, prices=None, state="submitted", saved_by=None, **fields):
    """New words (and prices by stock record) of a listing, sent by nobody in particular."""
    now = clock.now()
    return ListingRevision.objects.create(
        listing=listing,
        number=listing.revisions.count() + 1,
        state=state,
        texts=texts if texts is not None else {"description": "Chè xuân, sao suốt tay."},
        prices={str(pk): price for pk, price in (prices or {}).items()},
        saved_at=now,
        saved_by=saved_by,
        submitted_at=None if state == "draft" else now,
        **fields,
    )
