"""What waits in this room: lists that a colleague asked you to look at, and your own that stopped at their preview."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from shop.domain.certificates.importing.runs import State, runs_of
from shop.domain.certificates.models import ImportRun

from ..reach import officer_at


def readable_imports(request: HttpRequest) -> QuerySet[ImportRun]:
    """Every import for staff and officers of the whole country, those of the province for its officers, else none."""
    return runs_of(officer=officer_at(request))


def count_waiting(request: HttpRequest) -> int:
    """Count the imports that need this person: a colleague's request, an own preview that leads somewhere."""
    person = request.actor.user_id
    asked = Q(state=State.WAITING) & ~Q(requested_by=person)
    own = Q(state=State.READ, uploaded_by=person)
    return readable_imports(request).filter(asked | own).count()
