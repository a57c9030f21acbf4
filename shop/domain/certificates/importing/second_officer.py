"""When one officer is not enough: a list that leaves out what the registry knows, or changes much of it."""

from typing import Any

from ..act_requests import SMALLEST_SHARE_FOR_TWO
from ..models import Certificate, ImportRun
from .planning import Action, Plan


def needs_of(run: ImportRun, plan: Plan) -> list[dict[str, Any]]:
    """Return why a second officer has to look before the plan is applied; empty when nobody has to.

    More than every twentieth certificate of a decision left out, or of the importer's area changed: completed, or
    replaced by a newer one. One changed certificate is never much.
    """
    found: list[dict[str, Any]] = [
        {"code": "list_shrinks", "number": one.number, "missing": one.missing, "known": one.known}
        for one in plan.shrunken
        if one.missing * SMALLEST_SHARE_FOR_TWO > one.known
    ]
    changed = {row.certificate.pk for row in plan.with_action(Action.CHANGED) if row.certificate}
    changed |= {row.previous.pk for row in plan.with_action(Action.NEW) if row.previous and row.previous.superseded_by_id is None}
    area = Certificate.objects.filter(province=run.province_id) if run.province_id else Certificate.objects.all()
    if len(changed) > 1 and len(changed) * SMALLEST_SHARE_FOR_TWO > (known := area.count()):
        found.append({"code": "many_change", "changed": len(changed), "known": known})
    return found
