"""What waits in this room: stars that end within a month and that no newer certificate replaces."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest

from shop.common import clock
from shop.domain.certificates.state import valid_on

from ..reach import readable_certificates

ENDS_WITHIN_DAYS = 30


def count_ending(request: HttpRequest) -> int:
    """Count the certificates that lapse within thirty days; samples are nobody's."""
    today = clock.today()
    last = today + timedelta(days=ENDS_WITHIN_DAYS)
    ends_soon = Q(extended_until__isnull=True, valid_until__lte=last) | Q(extended_until__lte=last)
    return readable_certificates(request).filter(valid_on(day=today) & ends_soon, decision__is_sample=False).count()
