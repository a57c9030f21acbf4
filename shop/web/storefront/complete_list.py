"""«This producer has exactly these certified products»: all certificates of a name, counted, and nothing left out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shop.domain.certificates.models import Certificate
from shop.domain.certificates.queries import certificates_of_name, certificates_of_producer
from shop.domain.certificates.state import CertificateView, LiveState

IN_WORDS = {
    LiveState.VALID: _("còn hiệu lực"),
    LiveState.EXPIRING: _("sắp hết hạn"),
    LiveState.EXTENDED: _("được gia hạn"),
    LiveState.EXPIRED: _("hết hiệu lực"),
    LiveState.SUSPENDED: _("tạm đình chỉ"),
    LiveState.REVOKED: _("đã thu hồi"),
}


@dataclass(frozen=True)
class CompleteList:
    """Every certificate of one producer, and how many are in which state today."""

    views: Sequence[CertificateView]
    valid_count: int
    states: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return len(self.views)


def complete_list(views: Iterable[CertificateView]) -> CompleteList:
    """Count the certificates of one producer, valid ones first."""
    found = sorted(views, key=lambda view: not view.is_valid)
    counts = Counter(view.state for view in found)
    return CompleteList(
        views=found,
        valid_count=sum(view.is_valid for view in found),
        states=[(str(IN_WORDS[state]), counts[state]) for state in IN_WORDS if counts[state]],
    )


def certificates_beside(certificate: Certificate) -> list[Certificate]:
    """Return every certificate of the producer of this one, itself included; by name where nobody claims it."""
    if certificate.producer_id:
        return list(certificates_of_producer(producer_id=certificate.producer_id))
    return list(certificates_of_name(certificate))
