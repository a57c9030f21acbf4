"""What waits in this room: requests of colleagues that this person could sign."""

from django.http import HttpRequest

from shop.domain.certificates.models import CertificateActRequest, ImportRun

from ..imports.queue import readable_imports
from ..reach import readable_requests


def count_to_sign(request: HttpRequest) -> int:
    """Count the waiting requests within reach, less one's own."""
    waiting = readable_requests(request).filter(outcome=CertificateActRequest.Outcome.WAITING)
    return waiting.exclude(requested_by=request.actor.user_id).count()


def count_imports_to_sign(request: HttpRequest) -> int:
    """Count the lists that a colleague wants signed: they wait in the room of imports, with their preview."""
    waiting = readable_imports(request).filter(state=ImportRun.State.WAITING)
    return waiting.exclude(requested_by=request.actor.user_id).count()
