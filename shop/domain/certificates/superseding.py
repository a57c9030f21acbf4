"""One certificate replaced by a newer one of the same product: the older star ends on the day the newer one begins.

Replacing is no stop: what was sold under the older certificate goes on as sold. A stopped one may still be replaced by
an officer's act, never by an import, or a late list would undo a suspension.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from shop.common.gates import shut_gates
from shop.domain.people.actor import Actor

from .acts import CERTIFICATE_GATE, SUPERSEDED, Ground, IllegalAct, UnknownCertificate, change_certificate, lock_certificate
from .models import Certificate, CertificateEvent
from .state import VALID_STATES, live_state

RESTORED = "restored"
State = Certificate.State


class NotTheSameProduct(Exception):
    """A certificate is replaced by one of the same product of the same producer."""


class NotNewer(Exception):
    """A certificate is replaced by one that was issued later; `issued_on` is its own day."""

    def __init__(self, issued_on: date) -> None:
        self.issued_on = issued_on
        super().__init__(issued_on)


class ReplacementNotValid(Exception):
    """What replaces a certificate is valid itself today, or the product would lose its star by mistake."""


@transaction.atomic
def supersede_certificate(
    *, certificate_id: int, by_certificate_id: int, ground: Ground, actor: Actor, now: datetime
) -> CertificateEvent | None:
    """Replace a certificate by a newer one of the same product; None when that one replaces it already."""
    shut_gates(kind=CERTIFICATE_GATE, ids=[certificate_id, by_certificate_id])
    newer = lock_certificate(by_certificate_id, actor, ground, now)
    older = lock_certificate(certificate_id, actor, ground, now)
    if older.superseded_by_id == newer.pk:
        return None
    if older.superseded_by_id is not None or older.stored_state == State.REVOKED:
        raise IllegalAct(older, SUPERSEDED)
    check_replacement(older, newer, today=now.date())
    return _replace(older, newer, ground=ground, actor=actor, now=now)


def check_replacement(older: Certificate, newer: Certificate, *, today: date) -> None:
    """Raise what keeps `newer` from replacing `older`."""
    if not is_same_product(older, newer):
        raise NotTheSameProduct(newer.code)
    if newer.issued_on <= older.issued_on:
        raise NotNewer(older.issued_on)
    if live_state(newer, today=today) not in VALID_STATES:
        raise ReplacementNotValid(newer.code)


def is_same_product(older: Certificate, newer: Certificate) -> bool:
    """Say whether both certify one product of one producer; where no product is known the name tells."""
    if older.pk == newer.pk or older.producer_id is None or older.producer_id != newer.producer_id:
        return False
    if older.product_id and newer.product_id:
        return older.product_id == newer.product_id
    return older.folded_name == newer.folded_name


def supersede_older(*, certificates: Sequence[Certificate], reason: str, actor: Actor, now: datetime) -> list[CertificateEvent]:
    """Let each newest certificate of the products that these belong to replace the ones before it; for an import.

    Stopped certificates are left to an officer, and a newer one that has lapsed already replaces nothing that is valid.
    """
    pairs = _pairs(certificates, today=now.date())
    shut_gates(kind=CERTIFICATE_GATE, ids=[pk for older, newer in pairs for pk in (older.pk, newer.pk)])
    events = []
    locked = Certificate.objects.select_for_update(of=("self",)).in_bulk([older.pk for older, _ in pairs])
    for older, newer in pairs:
        row = locked[older.pk]
        if row.stored_state == State.ACTIVE and row.superseded_by_id is None:
            ground = Ground(reason, now.date(), newer.decision.number)
            events.append(_replace(row, newer, ground=ground, actor=actor, now=now))
    return events


def restore_superseded(*, by_certificate_ids: Iterable[int], reason: str, actor: Actor, now: datetime) -> list[CertificateEvent]:
    """Give back the certificates that these replaced, because these should not have been there; for an undone import."""
    older = Certificate.objects.filter(superseded_by__in=list(by_certificate_ids)).order_by("pk")
    shut_gates(kind=CERTIFICATE_GATE, ids=older.values_list("pk", flat=True))
    values = {"superseded_by_id": None, "superseded_on": None}
    ground = Ground(reason, now.date())
    return [
        change_certificate(one, RESTORED, ground=ground, actor=actor, now=now, values=dict(values))
        for one in older.select_for_update(of=("self",))
    ]


def replacements_for(certificate: Certificate, *, today: date) -> list[Certificate]:
    """Return the certificates that could replace this one today, newest first."""
    newer = Certificate.objects.filter(producer=certificate.producer_id, issued_on__gt=certificate.issued_on)
    found = newer.filter(_same_product(certificate)).select_related("decision").order_by("-issued_on", "-pk")
    return [one for one in found if is_same_product(certificate, one) and live_state(one, today=today) in VALID_STATES]


def find_replacement(*, code: str) -> Certificate:
    """Return the certificate with this code; raises UnknownCertificate."""
    found = Certificate.objects.filter(code=code).first()
    if found is None:
        raise UnknownCertificate(code)
    return found


def _replace(older: Certificate, newer: Certificate, *, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent:
    # Sold in between was sold under a star that everybody saw, so the day is that of the act, not of the newer decision.
    values = {"superseded_by_id": newer.pk, "superseded_on": max(ground.effective_on, newer.issued_on)}
    return change_certificate(older, SUPERSEDED, ground=ground, actor=actor, now=now, values=values)


def _pairs(certificates: Sequence[Certificate], *, today: date) -> list[tuple[Certificate, Certificate]]:
    products: dict[tuple[int, str], list[Certificate]] = defaultdict(list)
    producers = {one.producer_id for one in certificates if one.producer_id}
    names = {one.folded_name for one in certificates}
    family = Certificate.objects.filter(producer__in=producers, folded_name__in=names).select_related("decision")
    touched = {(one.producer_id, one.folded_name) for one in certificates}
    for one in family.order_by("issued_on", "pk"):
        if (one.producer_id, one.folded_name) in touched:
            products[one.producer_id, one.folded_name].append(one)
    return [
        (older, newer) for line in products.values() for older in line if (newer := _successor(older, line, today)) is not None
    ]


def _successor(older: Certificate, line: Sequence[Certificate], today: date) -> Certificate | None:
    if older.stored_state != State.ACTIVE or older.superseded_by_id is not None:
        return None
    is_valid = live_state(older, today=today) in VALID_STATES
    later = [one for one in line if one.stored_state == State.ACTIVE and is_later(one, older)]
    return next((one for one in later if not is_valid or live_state(one, today=today) in VALID_STATES), None)


def is_later(newer: Certificate, older: Certificate) -> bool:
    """Say whether `newer` is a later recognition of the same product."""
    return newer.issued_on > older.issued_on and is_same_product(older, newer)


def _same_product(certificate: Certificate) -> Q:
    same = Q(folded_name=certificate.folded_name)
    return same | Q(product=certificate.product_id) if certificate.product_id else same
