"""Forgetting who reported a case, and what was said, some time after it was closed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from .models import Case, CaseEvent, CaseMessage

AT_ONCE = 500


def blank_closed_cases(*, now: datetime) -> int:
    """Forget the reporters of cases closed CASE_CONTACT_DAYS ago; returns of how many."""
    before = now - timedelta(days=settings.CASE_CONTACT_DAYS)
    due = Case.objects.filter(state=Case.State.CLOSED, closed_at__lte=before, blanked_at=None)
    return _blank(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE], now=now)


def cases_of_person(*, email: str = "", phone: str = "") -> QuerySet[Case]:
    """Return the cases that still name this e-mail or phone (E.164)."""
    named = Q(reporter_email__iexact=email) if email else Q(pk=None)
    return Case.objects.filter((named | Q(reporter_phone=phone)) if phone else named).order_by("pk")


def forget_person(*, email: str = "", phone: str = "", now: datetime) -> int:
    """Forget a person in every case at once, open ones too, whose clock goes on; returns in how many."""
    return _blank(cases_of_person(email=email, phone=phone).values_list("pk", flat=True), now=now)


@transaction.atomic
def _blank(ids: Iterable[int], *, now: datetime) -> int:
    cases = list(Case.objects.select_for_update().filter(pk__in=list(ids), blanked_at=None).order_by("pk"))
    for case in cases:
        case.reporter_name = case.reporter_email = case.reporter_phone = case.order_number = ""
        case.blanked_at = now
        # A report of a star is about a shop and a product; anything else is somebody's own affair.
        if case.kind != Case.Kind.FALSE_STAR:
            case.body = case.seen_at = case.link = ""
        case.save()
        CaseEvent.objects.create(case=case, at=now, action=CaseEvent.Action.BLANKED, old_state=case.state, new_state=case.state)
    CaseMessage.objects.filter(case__in=cases).update(body="")
    return len(cases)
