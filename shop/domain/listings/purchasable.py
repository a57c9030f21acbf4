"""May this be shown, may this be bought? Decided here and nowhere else."""

from datetime import date
from enum import StrEnum

from django.db.models import Q

from catalogue_ext.models import is_alcohol, is_no_alcohol
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
    return _is_sold(today, prefix) & is_no_alcohol(f"{prefix}product__")


def on_adult_shelf(*, today: date) -> Q:
    """Return the SQL condition of what only those see who declared to be eighteen: alcohol, and nothing else."""
    return _is_sold(today, "") & is_alcohol("product__")


def _is_sold(today: date, prefix: str) -> Q:
    live = Q(
        **{
            f"{prefix}state": Listing.State.LIVE,
            f"{prefix}producer__profile__status": ProducerProfile.Status.ACTIVE,
        }
    )
    return live & valid_on(day=today, prefix=f"{prefix}certificate__")


def refusal_of(listing: Listing, *, today: date, is_adult: bool = False) -> Refusal | None:
    """Say why `listing` (with certificate, product and producer profile loaded) is not for sale, stock aside.

    `is_adult`: the buyer declared to be at least eighteen, without which no alcohol is sold (Law 44/2019/QH14).
    """
    if listing.state != Listing.State.LIVE:
        return Refusal.NOT_LIVE
    if listing.producer.profile.status != ProducerProfile.Status.ACTIVE:
        return Refusal.PRODUCER_INACTIVE
    if listing.certificate is None or live_state(listing.certificate, today=today) not in VALID_STATES:
        return Refusal.CERTIFICATE_NOT_VALID
    if listing.product.is_alcohol and not is_adult:
        return Refusal.ALCOHOL
    return None
