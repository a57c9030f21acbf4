"""Decisions and certificates; issued 120 days ago unless said otherwise, so valid and not expiring today."""

from datetime import timedelta
from itertools import count

from shop.common import clock
from shop.common.dates import months_after
from shop.common.vietnamese import fold
from shop.domain.certificates.models import Certificate, Decision

from .producers import make_producer

_numbers = count(1)


def make_decision(*, number=None, authority="UBND tỉnh Thái Nguyên", signed_on=None, **fields):
    return Decision.objects.create(
        number=number or f"{next(_numbers)}/QĐ-UBND",
        authority=authority,
        signed_on=signed_on or clock.today() - timedelta(days=120),
        **fields,
    )


def make_certificate(*, producer=None, product=None, product_name="Chè Tân Cương", stars=4, issued_on=None, **fields):
    """A certificate of its own decision; `producer=None` makes a producer."""
    producer = producer or make_producer()
    issued_on = issued_on or clock.today() - timedelta(days=120)
    province = producer.profile.province
    decision = fields.pop("decision", None) or make_decision(signed_on=issued_on)
    return Certificate.objects.create(
        code=fields.pop("code", f"TN-{issued_on.year}-{next(_numbers):05}"),
        decision=decision,
        producer=producer,
        product=product,
        product_name=product_name,
        folded_name=fold(product_name),
        producer_name=producer.name,
        folded_producer_name=fold(producer.name),
        province=fields.pop("province", province),
        stars=stars,
        issued_on=issued_on,
        valid_until=fields.pop("valid_until", months_after(issued_on, 36)),
        **fields,
    )
