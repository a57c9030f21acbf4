"""Rules, rates and money in the books."""

from datetime import date
from decimal import Decimal

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.ledger.models import CommissionRule, TaxRate, VatChange
from shop.domain.parcels.models import Parcel

LONG_AGO = date(2025, 2, 1)


def make_rule(percent, *, scope="default", starts_on=LONG_AGO, **fields):
    """A commission rule that has been in force for long, so the newest of two alike wins."""
    return CommissionRule.objects.create(
        scope=scope, percent=Decimal(percent), starts_on=starts_on, created_at=clock.now(), **fields
    )


def make_rate(vat_percent, income_tax_percent, *, legal_form="household", activity="goods", starts_on=LONG_AGO, **fields):
    """A rate of tax to withhold."""
    return TaxRate.objects.create(
        legal_form=legal_form,
        activity=activity,
        vat_percent=Decimal(vat_percent),
        income_tax_percent=Decimal(income_tax_percent),
        starts_on=starts_on,
        source="Nghị định thử",
        created_at=clock.now(),
        **fields,
    )


def make_vat_change(*, starts_on=LONG_AGO, from_class="5", to_class="10", product=None):
    """A change of VAT class that nobody has carried out yet."""
    return VatChange.objects.create(
        from_class="" if product else from_class,
        to_class=to_class,
        product=product,
        starts_on=starts_on,
        source="Luật thử",
        created_at=clock.now(),
    )


def capture_order(order, *, account="gateway_clearing", payment_id=None):
    """The books of an order that was paid at once."""
    parcels = Parcel.objects.filter(order=order)
    return postings.capture(
        payment_id=payment_id or order.payments.get().pk,
        order_id=order.pk,
        account=account,
        amount_vnd=sum(parcel.total_vnd for parcel in parcels),
        parcel_ids=[parcel.pk for parcel in parcels],
        now=clock.now(),
    )
