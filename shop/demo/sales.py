"""Ten days of sales of the demonstration: paid, delivered, past the return window, so that money waits to be paid out.

Made up as the rest of it: the buyer, the accounts (of a holder called «TAI KHOAN MAU») and the tax codes, which are
of a province that does not exist.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db.models import F

from shop.common.places.lookup import find_commune, find_province
from shop.domain.listings.purchasable import on_shelf
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.placing import place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.ordering.requesting import OrderRequest
from shop.domain.ordering.transfers import Arrival, take_transfer
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import BankTransfer, Payment
from shop.domain.payments.providers.vietqr import METHOD as TRANSFER
from shop.domain.payments.registry import offered_methods
from shop.domain.payouts.declaring import Declaration, account_of, declare_account
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.order.models import Order
from shop.oscar_forks.partner.models import Partner, StockRecord

BUYER_EMAIL = "khach-cu@mau.example"
PLACED = timedelta(days=10)
DELIVERED = timedelta(days=8)
WORTH_VND = 300_000
MOST_UNITS = 8
# Who brings each order and how it is paid: the producer's own cash is netted when it is paid out.
SALES = (("cod", "VNPost"), (TRANSFER, "GHN"), ("cod", "own"))
H = ProducerProfile.LegalForm
CODES = {H.COMPANY: "9900000016", H.HOUSEHOLD: "9900000023"}
HOUSEHOLDS = frozenset({ProducerProfile.Kind.HOUSEHOLD_BUSINESS})


def play_sales(*, producers: list[Partner], now: datetime) -> list[Order]:
    """Sell, deliver and close three orders of each producer, once; producers without stock are left out."""
    if Order.objects.filter(guest_email=BUYER_EMAIL).exists():
        return []
    orders = []
    for producer in producers:
        record = find_sellable(producer, orders=len(SALES), today=(now - PLACED).date())
        if record is None:
            continue
        _declare(producer, now - PLACED)
        orders += list(_sell(record, now))
    close_due_parcels(now=now)
    return orders


def find_sellable(producer: Partner, *, orders: int, today: date) -> StockRecord | None:
    """A pack of the producer with stock for so many orders; None where there is none."""
    records = StockRecord.objects.filter(on_shelf(today=today, prefix="listing__"), listing__producer=producer, price__gt=0)
    enough = records.filter(num_in_stock__gte=F("num_allocated") + MOST_UNITS * orders)
    return enough.select_related("product").order_by("pk").first()


def _declare(producer: Partner, now: datetime) -> None:
    if account_of(producer_id=producer.pk) is not None:
        return
    is_household = producer.profile.kind in HOUSEHOLDS
    form = H.HOUSEHOLD if is_household else H.COMPANY
    declaration = Declaration(
        bank_bin="970436",
        account_number=f"0000{producer.pk:08}",
        holder="TAI KHOAN MAU",
        legal_form=form,
        tax_code=CODES[form],
    )
    declare_account(producer_id=producer.pk, declaration=declaration, actor=SYSTEM, now=now)


def _sell(record: StockRecord, now: datetime) -> Iterator[Order]:
    for number, (method, carrier) in enumerate(SALES):
        if method not in offered_methods():
            continue
        order = place(record, method=method, name=f"sale-{record.pk}-{number}", now=now - PLACED)
        if method == TRANSFER:
            _transfer(order, now - PLACED)
        bring(order, carrier=carrier, now=now - DELIVERED)
        yield order


def bring(order: Order, *, carrier: str, now: datetime) -> None:
    """Confirm, send and deliver every parcel of an order at one moment."""
    for parcel in Parcel.objects.filter(order=order):
        moved = {"parcel_id": parcel.pk, "actor": SYSTEM, "now": now}
        confirm_parcel(**moved)
        ship_parcel(carrier=carrier, tracking_number=f"MAU{parcel.pk:06}", **moved)
        deliver_parcel(**moved)


def place(record: StockRecord, *, method: str, name: str, now: datetime) -> Order:
    """Place an order of the demonstration's buyer for a few packs, once for each name."""
    basket = Basket.objects.create()
    basket.lines.create(
        line_reference=f"{record.product_id}_{record.pk}",
        product=record.product,
        stockrecord=record,
        quantity=min(MOST_UNITS, -(-WORTH_VND // int(record.price))),
        price_currency="VND",
        price_incl_tax=record.price,
    )
    commune = find_commune("Hà Đông", find_province("Hà Nội"))
    request = OrderRequest(
        buyer_name="Khách Mẫu",
        buyer_phone="+84900000000",
        buyer_email=BUYER_EMAIL,
        user_id=None,
        language="vi",
        commune_code=commune.code if commune else "",
        street="Số 1 phố Mẫu",
        payment_method=method,
    )
    preview = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services={}, today=now.date())
    key = uuid5(NAMESPACE_URL, f"demo-{name}")
    return place_order(attempt_key=key, basket_id=basket.pk, request=request, preview_hash=preview.hash, now=now).order


def _transfer(order: Order, now: datetime) -> None:
    payment = Payment.objects.get(order=order)
    arrival = Arrival(f"MAU{order.number}", payment.amount_vnd, order.number.replace("-", ""), now)
    take_transfer(arrival=arrival, source=BankTransfer.Source.FEED, now=now)
