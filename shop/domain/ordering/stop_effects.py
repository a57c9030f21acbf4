"""What an act on certificates would do, and where their parcels stand: numbers only, nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from shop.domain.certificates import acts
from shop.domain.certificates.models import Certificate
from shop.domain.listings.models import Listing
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.oscar_forks.order.models import Line

from .certificate_stops import NOT_SHIPPED, UNPAID, WITH_BUYERS, deadline_of_hold

P = Parcel.Status


@dataclass(frozen=True)
class ParcelCounts:
    """Parcels with goods of some certificates, by what a stop would mean for them."""

    unpaid: int
    to_ship: int
    on_hold: int
    with_buyers: int
    dropped: int

    @property
    def all(self) -> int:
        return self.unpaid + self.to_ship + self.on_hold + self.with_buyers + self.dropped


@dataclass(frozen=True)
class Effects:
    """What an act would do now; everything else stays as it is."""

    certificates: int = 0
    listings: int = 0
    cancelled: int = 0
    held: int = 0
    resumed: int = 0
    told: int = 0


@dataclass(frozen=True)
class HeldParcel:
    """A parcel that waits for the office, and until when."""

    parcel: Parcel
    held_at: datetime
    cancelled_at: datetime | None


def count_parcels(*, certificate_ids: Iterable[int]) -> ParcelCounts:
    """Count the parcels with goods sold under these certificates."""
    counts = _parcels_of(certificate_ids).aggregate(
        unpaid=Count("pk", filter=Q(status__in=UNPAID)),
        to_ship=Count("pk", filter=Q(status__in=NOT_SHIPPED)),
        on_hold=Count("pk", filter=Q(status=P.ON_HOLD)),
        with_buyers=Count("pk", filter=Q(status__in=WITH_BUYERS)),
        all=Count("pk"),
    )
    everything = counts.pop("all")
    return ParcelCounts(**counts, dropped=everything - sum(counts.values()))


def effects_of(*, certificate_ids: Iterable[int], action: str, is_safety_matter: bool = False) -> Effects:
    """Say in numbers what `action` (a constant of `acts`) would do; those it would leave as they are count for nothing."""
    ids = sorted(_changed_by(action).filter(pk__in=list(certificate_ids)).values_list("pk", flat=True))
    parcels = count_parcels(certificate_ids=ids)
    if action in acts.STOPS:
        return Effects(
            certificates=len(ids),
            listings=Listing.objects.filter(certificate__in=ids, state=Listing.State.LIVE).count(),
            cancelled=parcels.unpaid,
            held=parcels.to_ship,
            told=parcels.with_buyers if action == acts.REVOKED and is_safety_matter else 0,
        )
    if action == acts.LIFTED:
        shown_again = Listing.objects.filter(certificate__in=ids, state=Listing.State.LIVE)
        return Effects(certificates=len(ids), listings=shown_again.count(), resumed=_resumed_by_lifting(ids))
    return Effects(certificates=len(ids), listings=Listing.objects.filter(certificate__in=ids).count())


def held_parcels(*, certificate_id: int) -> list[HeldParcel]:
    """Return the parcels that wait because of this certificate, the most urgent first."""
    parcels = _parcels_of([certificate_id]).filter(status=P.ON_HOLD).select_related("order").order_by("pk")
    held = [HeldParcel(parcel, _held_at(parcel), deadline_of_hold(parcel)) for parcel in parcels]
    return sorted(held, key=lambda one: (one.cancelled_at or one.held_at, one.parcel.pk))


def _changed_by(action: str) -> QuerySet[Certificate]:
    state = Certificate.State
    open_states = {
        acts.SUSPENDED: [state.ACTIVE],
        acts.LIFTED: [state.SUSPENDED],
        acts.REVOKED: [state.ACTIVE, state.SUSPENDED],
    }
    return Certificate.objects.filter(stored_state__in=open_states.get(action, [state.ACTIVE, state.SUSPENDED]))


def _parcels_of(certificate_ids: Iterable[int]) -> QuerySet[Parcel]:
    lines = Line.objects.filter(certificate_id__in=list(certificate_ids)).values("parcel_id")
    return Parcel.objects.filter(pk__in=lines)


def _resumed_by_lifting(certificate_ids: list[int]) -> int:
    still_stopped = Certificate.objects.exclude(stored_state=Certificate.State.ACTIVE).exclude(pk__in=certificate_ids)
    other_lines = Line.objects.filter(certificate__in=still_stopped).values("parcel_id")
    return _parcels_of(certificate_ids).filter(status=P.ON_HOLD).exclude(pk__in=other_lines).count()


def _held_at(parcel: Parcel) -> datetime:
    return ParcelEvent.objects.filter(parcel=parcel, to_status=P.ON_HOLD).latest("pk").at
