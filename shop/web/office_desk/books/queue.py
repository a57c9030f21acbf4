"""What waits in the room of books."""

from django.http import HttpRequest

from shop.domain.ledger.auditing import last_audit

from ..pages.country import answers_for_the_country


def count_broken(request: HttpRequest) -> int:
    """How many invariants the last look found broken."""
    audit = last_audit() if answers_for_the_country(request) else None
    return len(audit.breaks) if audit else 0
