"""What a voucher leaves to the producer who gives it, on goods it is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shop.domain.ledger.dividing import Split
from shop.domain.ledger.splitting import terms_of
from shop.domain.vouchers.fitting import Goods
from shop.domain.vouchers.judging import VoucherRefused, discount_by
from shop.domain.vouchers.models import Voucher
from shop.oscar_forks.partner.models import StockRecord

from .rows import pack_title

SHOWN = 5


@dataclass(frozen=True)
class Example:
    """So many units of one pack, bought with the voucher and nothing else."""

    title: str
    quantity: int
    split: Split


def examples_of(voucher: Voucher, records: Iterable[StockRecord], *, today: date) -> list[Example]:
    """The first packs the voucher is for, as many units of each as its minimum asks for."""
    priced = [record for record in records if record.price]
    if not priced:
        return []
    terms = terms_of(producer=priced[0].partner, product_ids=[record.product_id for record in priced], day=today)
    examples: list[Example] = []
    for record in priced:
        price = int(record.price)
        quantity = max(-(-voucher.minimum_goods_vnd // price), 1)
        discount_vnd = _discount_on(voucher, record, price * quantity)
        if discount_vnd and len(examples) < SHOWN:
            split = terms.split(lines=[(record.product_id, price * quantity)], producer_discount_vnd=discount_vnd)
            examples.append(Example(pack_title(record), quantity, split))
    return examples


def _discount_on(voucher: Voucher, record: StockRecord, total_vnd: int) -> int:
    page = record.listing.product
    goods = Goods(record.product_id, page.pk, record.partner_id, total_vnd, is_alcohol=page.is_alcohol)
    try:
        return discount_by(voucher=voucher, goods=[goods]).total_vnd
    except VoucherRefused:
        return 0
