"""The acceptance profile: everything an outside tester names by id, as one JSON object."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from shop.oscar_forks.partner.models import Partner, StockRecord

from .allowed import check_may_seed
from .people import seed_people
from .shelf import seed_producers
from .vouchers import seed_vouchers


@transaction.atomic
def seed_acceptance(*, seed: int, now: datetime) -> dict[str, Any]:
    """Sow and report; the same seed on the same day gives the same people, goods, passwords and secrets."""
    check_may_seed()
    producers = seed_producers(seed=seed, now=now)
    people = seed_people(seed=seed, producers=producers)
    return {
        "base_url": settings.BASE_URL,
        "users": [asdict(person) for person in people],
        "producers": [_describe(producer) for producer in producers],
        # These come with the companies and the API.
        "companies": [],
        "tokens": [],
        "vouchers": seed_vouchers(seed=seed, producers=producers, now=now),
    }


def _describe(producer: Partner) -> dict[str, Any]:
    records = StockRecord.objects.filter(partner=producer).select_related("product", "listing__certificate")
    return {
        "id": producer.pk,
        "name": producer.name,
        "products": [
            {
                "id": record.product_id,
                "sku": record.partner_sku,
                "stock_id": record.pk,
                "price": int(record.price),
                "free": record.num_in_stock - record.num_allocated,
                "certificate_code": record.listing.certificate.code,
                "url": record.product.get_absolute_url(),
            }
            for record in records.order_by("pk")
        ],
    }
