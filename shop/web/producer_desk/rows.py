"""What the desk's tables show, ready for a template that does no sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shop.domain.certificates.models import Certificate
from shop.domain.certificates.renewing import RenewalWindow, renewal_window_of
from shop.domain.certificates.state import CertificateView, view_of
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.recipients import Recipient, recipient_of
from shop.oscar_forks.order.models import Line
from shop.oscar_forks.partner.models import StockRecord

LOW_STOCK = 15
URGENT_HOURS = 4
SOON_HOURS = 12


@dataclass(frozen=True)
class Deadline:
    """How long is left, in words and in a colour."""

    text: str
    kind: str


@dataclass(frozen=True)
class ParcelRow:
    parcel: Parcel
    goods: str
    recipient: Recipient | None
    earned_vnd: int
    deadline: Deadline | None


@dataclass(frozen=True)
class LowStock:
    """A pack that is running out; `share` fills the bar."""

    record: StockRecord
    title: str
    free: int
    share: int


@dataclass(frozen=True)
class CertificateRow:
    certificate: Certificate
    view: CertificateView
    renewal: RenewalWindow


def parcel_rows(parcels: Iterable[Parcel], *, now: datetime) -> list[ParcelRow]:
    """Rows of parcels that were read by `worklist.list_parcels`, with their splits."""
    return [
        ParcelRow(
            parcel=parcel,
            goods=", ".join(f"{line.quantity} × {title_of(line)}" for line in parcel.lines.all()),
            recipient=recipient_of(parcel),
            earned_vnd=parcel.split.producer_vnd,
            deadline=deadline_of(parcel, now=now),
        )
        for parcel in parcels
    ]


def title_of(line: Line) -> str:
    """A line's title as it was sold, with the pack, in the page's language where there is one."""
    return line.name_in(get_language() or "vi")


def deadline_of(parcel: Parcel, *, now: datetime) -> Deadline | None:
    """Until when a parcel has to be answered; None where nobody waits for an answer."""
    if parcel.status != Parcel.Status.TO_CONFIRM or parcel.confirm_by is None:
        return None
    hours = int((parcel.confirm_by - now).total_seconds() // 3600)
    if hours < 0:
        return Deadline(_("Quá hạn"), "bad")
    text = ngettext("Còn %(hours)s giờ", "Còn %(hours)s giờ", hours) % {"hours": hours}
    return Deadline(text, "bad" if hours < URGENT_HOURS else "wrn" if hours < SOON_HOURS else "")


def running_low(records: QuerySet[StockRecord]) -> list[LowStock]:
    """Packs with few units left to sell, the scarcest first."""
    found = (
        records.annotate(free=F("num_in_stock") - F("num_allocated"))
        .filter(free__lte=LOW_STOCK)
        .select_related("product", "listing__product")
        .order_by("free", "pk")
    )
    return [LowStock(record, pack_title(record), record.free, round(100 * record.free / LOW_STOCK)) for record in found]


def pack_title(record: StockRecord) -> str:
    """The listing's title with the pack's unit."""
    english = get_language() == "en"
    product = record.listing.product
    title = product.title_en if english and product.title_en else product.title
    unit = record.product.unit_en if english and record.product.unit_en else record.product.unit
    return f"{title}, {unit}" if unit else title


def certificate_rows(certificates: QuerySet[Certificate], *, today: date) -> list[CertificateRow]:
    """Certificates with their live state and the days on which a renewal is in time."""
    read = certificates.select_related("decision", "province")
    return [CertificateRow(one, view_of(one, today=today), renewal_window_of(one, today=today)) for one in read]
