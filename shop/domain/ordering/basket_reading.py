"""What lies in a basket, judged line by line as of now; nothing here is remembered from when it was put there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from catalogue_ext.photos import photo_name_of, photo_url
from shop.common.written_once import WrittenOnce
from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import Refusal, refusal_of
from shop.domain.pricing.resolving import NoPrice, Price, resolve_price, vat_inside
from shop.oscar_forks.basket.models import Line
from shop.oscar_forks.partner.models import Partner, StockRecord

MOST_UNITS_PER_LINE = 999


class LineProblem(StrEnum):
    """Why a line cannot be ordered as it stands; the buyer removes it or takes fewer."""

    NOT_LIVE = Refusal.NOT_LIVE.value
    PRODUCER_INACTIVE = Refusal.PRODUCER_INACTIVE.value
    CERTIFICATE_NOT_VALID = Refusal.CERTIFICATE_NOT_VALID.value
    ALCOHOL = Refusal.ALCOHOL.value
    NO_PRICE = Refusal.NO_PRICE.value
    SOLD_OUT = Refusal.SOLD_OUT.value
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True)
class BasketLine:
    """One line at today's price; `moved_from_vnd` is the price it had when it was put there, if that differs.

    `photo` is an address, empty when nobody has taken one.
    """

    line_id: int
    stock_record: StockRecord
    quantity: int
    price: Price | None
    moved_from_vnd: int | None
    problem: LineProblem | None
    photo: str

    @property
    def listing(self) -> Listing:
        return self.stock_record.listing

    @property
    def producer(self) -> Partner:
        return self.listing.producer

    @property
    def can_be_kept(self) -> bool:
        """Whether the line can still be ordered, if only fewer of it; what has to go is not in any sum."""
        return self.problem in {None, LineProblem.NOT_ENOUGH}

    @property
    def unit_vnd(self) -> int:
        return int(self.price.unit_vnd) if self.price else 0

    @property
    def total_vnd(self) -> int:
        return self.unit_vnd * self.quantity

    @property
    def tax_vnd(self) -> int:
        return int(vat_inside(amount_vnd=self.total_vnd, vat_class=self.stock_record.product.vat_class))

    @property
    def weight_grams(self) -> int:
        return self.stock_record.product.weight_grams * self.quantity

    @property
    def free(self) -> int:
        return self.stock_record.num_in_stock - self.stock_record.num_allocated

    @property
    def title(self) -> str:
        return self.stock_record.product.title or self.listing.product.title


_lines_of = WrittenOnce[Line](
    lambda basket_id: (
        Line.objects.filter(basket_id=basket_id, quantity__gt=0)
        .select_related(
            "stockrecord__product__parent",
            "stockrecord__listing__product",
            "stockrecord__listing__certificate__decision",
            "stockrecord__listing__producer__profile__province",
            "stockrecord__listing__producer__profile__commune",
        )
        .annotate(photo_name=photo_name_of("stockrecord__listing__product"))
        .order_by("pk")
    ),
)


def read_basket(*, basket_id: int | None, today: date, is_adult: bool = False) -> list[BasketLine]:
    """Return the lines of a basket as they could be ordered today, in the order in which they were added.

    `is_adult`: whose basket it is declared to be at least eighteen.
    """
    if basket_id is None:
        return []
    lines = _lines_of(basket_id=basket_id)
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.stockrecord_id] = wanted.get(line.stockrecord_id, 0) + line.quantity
    return [_judge_line(line, wanted[line.stockrecord_id], today, is_adult=is_adult) for line in lines]


def _judge_line(line: Line, wanted: int, today: date, *, is_adult: bool) -> BasketLine:
    record = line.stockrecord
    price = _price_of(record, wanted)
    return BasketLine(
        line_id=line.pk,
        stock_record=record,
        quantity=line.quantity,
        price=price,
        moved_from_vnd=_moved_from(line.price_incl_tax, price),
        problem=_refused(record, today, is_adult=is_adult) or _problem_of(record, price, wanted),
        photo=photo_url(line.photo_name),
    )


def _price_of(record: StockRecord, quantity: int) -> Price | None:
    try:
        return resolve_price(stock_record=record, quantity=quantity)
    except NoPrice:
        return None


def _moved_from(remembered: Decimal | None, price: Price | None) -> int | None:
    if remembered is None or price is None or remembered == price.unit_vnd:
        return None
    return int(remembered)


def _refused(record: StockRecord, today: date, *, is_adult: bool) -> LineProblem | None:
    refusal = refusal_of(record.listing, today=today, is_adult=is_adult)
    return LineProblem(refusal.value) if refusal else None


def _problem_of(record: StockRecord, price: Price | None, wanted: int) -> LineProblem | None:
    if price is None:
        return LineProblem.NO_PRICE
    free = record.num_in_stock - record.num_allocated
    if free <= 0:
        return LineProblem.SOLD_OUT
    return LineProblem.NOT_ENOUGH if wanted > free else None
