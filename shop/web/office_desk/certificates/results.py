"""What became of the certificates of a bulk act, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.certificates.act_requests import TO_BE_DONE
from shop.domain.certificates.models import ActRequestItem, CertificateActRequest

WHY: dict[str, str | Promise] = {
    "IllegalAct": _("tình trạng của giấy không cho làm việc này"),
    "NotALaterEnd": _("ngày gia hạn không sau ngày hết hạn hiện tại"),
    "UnknownCertificate": _("giấy không còn trong phạm vi của người làm"),
    "NotAnOfficer": _("người làm không còn là cán bộ"),
}


@dataclass(frozen=True)
class Progress:
    """How far a bulk act is."""

    all: int
    done: int
    unchanged: int
    refused: int
    is_running: bool

    @property
    def finished(self) -> int:
        return self.done + self.unchanged + self.refused

    @property
    def share(self) -> int:
        return round(100 * self.finished / self.all) if self.all else 100


@dataclass(frozen=True)
class ResultRow:
    """One certificate: `kind` colours the pill, `why` explains a refusal."""

    code: str
    product_name: str
    text: str | Promise
    kind: str
    icon_name: str
    why: str | Promise


def progress_of(found: CertificateActRequest) -> Progress:
    """Count the items of a bulk act by what became of them."""
    counts = found.items.aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(event__isnull=False)),
        refused=Count("pk", filter=~Q(refusal="")),
        unchanged=Count("pk", filter=Q(done_at__isnull=False, event__isnull=True, refusal="")),
    )
    finished = counts["done"] + counts["refused"] + counts["unchanged"]
    is_running = found.outcome in TO_BE_DONE and finished < counts["all"]
    return Progress(**counts, is_running=is_running)


def result_rows(items: Iterable[ActRequestItem]) -> list[ResultRow]:
    """Return the items in words."""
    return [_row(item) for item in items]


def _row(item: ActRequestItem) -> ResultRow:
    if item.event_id is not None:
        words = (_("đã làm"), "ok", "check", "")
    elif item.refusal:
        words = (_("không làm được"), "bad", "x", WHY.get(item.refusal, item.refusal))
    elif item.done_at is not None:
        words = (_("đã như vậy từ trước"), "", "check", "")
    else:
        words = (_("đang chờ"), "inf", "clock", "")
    text, kind, icon_name, why = words
    return ResultRow(item.certificate.code, item.certificate.product_name, text, kind, icon_name, why)
