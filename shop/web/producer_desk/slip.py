"""What the packing slip proves: the star of each line, on the day it was bought."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from shop.domain.parcels.models import Parcel

from .rows import title_of


@dataclass(frozen=True)
class SlipLine:
    """One line of the slip; `check_url` opens the registry at the day of sale."""

    quantity: int
    title: str
    stars: int | None
    certificate_code: str
    sold_on: date
    check_url: str
    is_sample: bool


def slip_lines(parcel: Parcel) -> list[SlipLine]:
    """Lines of a parcel with star and code as they were at the sale."""
    sold_on = timezone.localtime(parcel.order.date_placed).date()
    return [
        SlipLine(
            quantity=line.quantity,
            title=title_of(line),
            stars=line.stars,
            certificate_code=line.certificate_code,
            sold_on=sold_on,
            check_url=_check_url(line.certificate_code, sold_on),
            is_sample=bool(line.certificate and line.certificate.decision.is_sample),
        )
        for line in parcel.lines.all()
    ]


def _check_url(code: str, sold_on: date) -> str:
    if not code:
        return ""
    path = reverse("storefront:verify", kwargs={"code": code})
    return f"{settings.BASE_URL}{path}?{urlencode({'ngay': sold_on.isoformat()})}"
