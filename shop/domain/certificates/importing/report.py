"""What the person and the program that asked are told: one object, the same for both."""

from ..annexes.titles import DecisionFacts
from .planning import Action, Plan, PlannedRow


def report_of(*, plan: Plan, file: str, is_applied: bool) -> dict[str, object]:
    """Return the report of `import_decision --json`, in the active language."""
    return {
        "file": file,
        "applied": is_applied,
        "decision": _decision(plan.annex.decision),
        "decisions": _decisions(plan),
        "counts": counts_of(plan),
        "rows": [_row(row) for row in plan.rows],
        "problems": [problem.as_json() for problem in plan.problems],
    }


def counts_of(plan: Plan) -> dict[str, int]:
    """Return how many rows and problems of each kind there are."""
    counts = {"rows": len(plan.rows)}
    for action in (Action.NEW, Action.CHANGED, Action.UNCHANGED, Action.CONFLICTING):
        counts[str(action)] = len(plan.with_action(action))
    counts["warnings"] = sum(1 for problem in plan.problems if not problem.is_error)
    counts["errors"] = sum(1 for problem in plan.problems if problem.is_error)
    return counts


def _decision(facts: DecisionFacts) -> dict[str, str | None]:
    return {
        "authority": facts.authority or None,
        "number": facts.number or None,
        "signed_on": facts.signed_on.isoformat() if facts.signed_on else None,
    }


def _decisions(plan: Plan) -> list[dict[str, str | None]]:
    keys = dict.fromkeys((row.entry.authority, row.entry.number, row.entry.signed_on) for row in plan.rows)
    return [_decision(DecisionFacts(*key)) for key in keys]


def _row(row: PlannedRow) -> dict[str, object]:
    entry = row.entry
    return {
        "sheet": entry.sheet,
        "row": entry.row,
        "product_name": entry.product_name,
        "variants": list(entry.variants),
        "producer_name": entry.producer_name,
        "address": entry.address,
        "province": entry.province,
        "group": entry.group,
        "stars": entry.stars,
        "score": str(entry.score) if entry.score is not None else None,
        "product_code": entry.product_code,
        "decision_number": entry.number,
        "signed_on": entry.signed_on.isoformat() if entry.signed_on else None,
        "issued_on": entry.issued_on.isoformat() if entry.issued_on else None,
        "certificate": row.certificate.code if row.certificate else None,
        "action": str(row.action),
        "problems": [problem.message for problem in entry.problems],
    }
