"""What each side of a parcel gets: estimated for who sets a price, frozen when the order is placed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.parcels.models import Parcel
from shop.oscar_forks.order.models import Line
from shop.oscar_forks.partner.models import Partner

from .commission import PROMISED, Commission, commissions_on
from .dividing import Goods, Split, Withholding, divide
from .models import CommissionShare, ParcelSplit, TaxRate
from .withholding import NOTHING, withholdings_on

A = TaxRate.Activity


class NotTheParcelsTotal(ValueError):
    """Lines, shipping and discounts do not make up what the buyer pays for the parcel."""


@dataclass(frozen=True)
class Terms:
    """What falls on a producer's goods on a day, read once for as many sums as are wanted."""

    legal_form: str
    commissions: dict[int, Commission] = field(default_factory=dict)
    withholdings: dict[str, Withholding] = field(default_factory=dict)

    def split(
        self,
        *,
        lines: Sequence[tuple[int, int]],
        shipping_vnd: int = 0,
        producer_discount_vnd: int = 0,
        platform_discount_vnd: int = 0,
    ) -> Split:
        """Divide (product id, line total) pairs and shipping."""
        return divide(
            goods=[self._goods(product_id, total_vnd) for product_id, total_vnd in lines],
            shipping_vnd=shipping_vnd,
            producer_discount_vnd=producer_discount_vnd,
            platform_discount_vnd=platform_discount_vnd,
            on_goods=self.withholdings.get(A.GOODS, NOTHING),
            on_shipping=self.withholdings.get(A.TRANSPORT, NOTHING),
        )

    def commission_on(self, product_id: int) -> Commission:
        """The commission on one product."""
        return self.commissions.get(product_id, PROMISED)

    def _goods(self, product_id: int, total_vnd: int) -> Goods:
        commission = self.commission_on(product_id)
        return Goods(total_vnd, commission.percent, commission.rule_id)


def terms_of(*, producer: Partner, product_ids: Sequence[int], day: date) -> Terms:
    """Read commission rules and tax rates as they stand on a day."""
    legal_form = producer.profile.taxed_as
    return Terms(
        legal_form=legal_form,
        commissions=commissions_on(producer_id=producer.pk, product_ids=set(product_ids), day=day),
        withholdings=dict(withholdings_on(legal_form=legal_form, day=day)) if legal_form else {},
    )


def estimate_split(
    *, producer: Partner, lines: Sequence[tuple[int, int]], day: date, shipping_vnd: int = 0, producer_discount_vnd: int = 0
) -> Split:
    """Divide (product id, total) pairs as an order of that day would be: «you will receive»."""
    terms = terms_of(producer=producer, product_ids=[product_id for product_id, _ in lines], day=day)
    return terms.split(lines=lines, shipping_vnd=shipping_vnd, producer_discount_vnd=producer_discount_vnd)


def freeze_split(
    *, parcel: Parcel, lines: Sequence[Line], producer_discount_vnd: int, platform_discount_vnd: int, now: datetime
) -> ParcelSplit:
    """Write down who gets what of a parcel with these lines, all it has; raises NotTheParcelsTotal."""
    totals = [(line.product_id, int(line.line_price_before_discounts_incl_tax)) for line in lines]
    terms = terms_of(
        producer=parcel.producer,
        product_ids=[product_id for product_id, _ in totals],
        day=now.astimezone(SHOP_TIME_ZONE).date(),
    )
    split = terms.split(
        lines=totals,
        shipping_vnd=parcel.shipping_vnd,
        producer_discount_vnd=producer_discount_vnd,
        platform_discount_vnd=platform_discount_vnd,
    )
    if (split.goods_vnd, split.total_vnd) != (parcel.goods_vnd, parcel.total_vnd):
        raise NotTheParcelsTotal(parcel.number)
    return _write(parcel, split, terms, now)


def _write(parcel: Parcel, split: Split, terms: Terms, now: datetime) -> ParcelSplit:
    frozen = ParcelSplit.objects.create(
        parcel=parcel,
        goods_vnd=split.goods_vnd,
        shipping_vnd=split.shipping_vnd,
        producer_discount_vnd=split.producer_discount_vnd,
        platform_discount_vnd=split.platform_discount_vnd,
        commission_vnd=split.commission_vnd,
        legal_form=terms.legal_form,
        vat_withheld_vnd=split.vat_withheld_vnd,
        income_tax_withheld_vnd=split.income_tax_withheld_vnd,
        goods_tax_rate_id=terms.withholdings.get(A.GOODS, NOTHING).rate_id,
        shipping_tax_rate_id=terms.withholdings.get(A.TRANSPORT, NOTHING).rate_id,
        producer_vnd=split.producer_vnd,
        frozen_at=now,
    )
    CommissionShare.objects.bulk_create(
        CommissionShare(
            split=frozen,
            rule_id=share.rule_id,
            percent=share.percent,
            base_vnd=share.base_vnd,
            commission_vnd=share.commission_vnd,
        )
        for share in split.shares
    )
    return frozen
