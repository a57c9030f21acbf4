"""May this be shown, may this be bought? Decided here and nowhere else."""

from datetime import date
from enum import StrEnum

from django.db.models import Q

from catalogue_ext.models import ALCOHOL_CRITERIA_SETS
from shop.domain.certificates.state import VALID_STATES, live_state, valid_on
from shop.domain.producers.models import ProducerProfile

from .models import Listing


class Refusal(StrEnum):
    """Why a listing cannot be bought today."""

    NOT_LIVE = "not_live"
    PRODUCER_INACTIVE = "producer_inactive"
    CERTIFICATE_NOT_VALID = "certificate_not_valid"
    ALCOHOL = "alcohol"
    NO_PRICE = "no_price"
    SOLD_OUT = "sold_out"


def on_shelf(*, today: date, prefix: str = "") -> Q:
    """Return the SQL condition under which lists, search, feeds and sitemap show a listing to anybody."""
    return (
        Q(
            **{
                f"{prefix}state": Listing.State.LIVE,
                f"{prefix}producer__profile__status": ProducerProfile.Status.ACTIVE,
            }
        )
        & valid_on(day=today, prefix=f"{prefix}certificate__")
        & (
            Q(**{f"{prefix}product__criteria_set__isnull": True})
            | ~Q(**{f"{prefix}product__criteria_set__in": ALCOHOL_CRITERIA_SETS})
        )
    )


def refusal_of(listing: Listing, *, today: date) -> Refusal | None:
    """Say why `listing` (with certificate, product and producer profile loaded) is not for sale, stock aside."""
    if listing.state != Listing.State.LIVE:
        return Refusal.NOT_LIVE
    if listing.producer.profile.status != ProducerProfile.Status.ACTIVE:
        return Refusal.PRODUCER_INACTIVE
    if listing.certificate is None or live_state(listing.certificate, today=today) not in VALID_STATES:
        return Refusal.CERTIFICATE_NOT_VALID
    if listing.product.is_alcohol:
        return Refusal.ALCOHOL
    return None
