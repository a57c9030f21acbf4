"""What a certificate was on a given day, with everything that was done to it since and undone again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .acts import DOWNGRADED, EXTENDED, LIFTED, REVOKED, SUPERSEDED, SUSPENDED
from .models import Certificate, CertificateEvent
from .state import Standing, standing_on

PUBLIC_ACTIONS = (SUSPENDED, LIFTED, REVOKED, EXTENDED, DOWNGRADED, SUPERSEDED)


@dataclass(frozen=True)
class Act:
    """One public act: what, from which day on, why."""

    action: str
    effective_on: date
    reason: str
    decision_number: str
    old: dict[str, Any]
    new: dict[str, Any]


@dataclass(frozen=True)
class PastDay:
    """Whether it was valid on that day, and with how many stars."""

    day: date
    standing: Standing
    stars: int

    @property
    def was_valid(self) -> bool:
        return self.standing in (Standing.VALID, Standing.EXTENDED)


def acts_on(certificate: Certificate) -> list[Act]:
    """Return what the office did to a certificate, oldest first."""
    events = certificate.events.filter(action__in=PUBLIC_ACTIONS).order_by("at", "pk")
    return [_act_of(event) for event in events]


def recall_day(certificate: Certificate, *, acts: Sequence[Act], day: date) -> PastDay:
    """Return what `certificate` was on `day`.

    The row knows only how things stand now: a suspension that was lifted, stars that were taken away and an extension
    that came late are read from the acts.
    """
    return PastDay(day=day, standing=_standing(certificate, acts, day), stars=_stars(certificate, acts, day))


def _standing(certificate: Certificate, acts: Sequence[Act], day: date) -> Standing:
    today_says = standing_on(certificate, day=day)
    if today_says == Standing.NOT_YET:
        return today_says
    if any(first <= day and (last is None or day < last) for first, last in _stops(acts)):
        return Standing.STOPPED
    if today_says == Standing.EXTENDED and not _was_extended_by(acts, day):
        return Standing.OVER
    return today_says


def _stops(acts: Sequence[Act]) -> list[tuple[date, date | None]]:
    """Suspensions and revocations as days from … until (excluded), None for what still holds."""
    stops: list[tuple[date, date | None]] = []
    since: date | None = None
    for act in acts:
        if act.action in (SUSPENDED, REVOKED):
            since = min(since or act.effective_on, act.effective_on)
        elif act.action == LIFTED and since is not None:
            stops.append((since, act.effective_on))
            since = None
    return [*stops, (since, None)] if since else stops


def _was_extended_by(acts: Sequence[Act], day: date) -> bool:
    """An extension that is known without its act (an import, a sample) is taken as always known."""
    extensions = [act for act in acts if act.action == EXTENDED]
    return not extensions or any(act.effective_on <= day for act in extensions)


def _stars(certificate: Certificate, acts: Sequence[Act], day: date) -> int:
    later = [act.old["stars"] for act in acts if act.action == DOWNGRADED and act.effective_on > day]
    return later[0] if later else certificate.stars


def _act_of(event: CertificateEvent) -> Act:
    detail = event.detail
    return Act(
        action=event.action,
        effective_on=date.fromisoformat(detail["effective_on"]),
        reason=detail.get("reason", ""),
        decision_number=detail.get("decision_number", ""),
        old=detail.get("old", {}),
        new=detail.get("new", {}),
    )
