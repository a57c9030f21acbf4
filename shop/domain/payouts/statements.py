"""A producer's statement: every entry of its account in the books, oldest first, with the balance after each."""

from django.db.models import F, QuerySet, Sum, Window

from shop.domain.ledger import accounts
from shop.domain.ledger.models import Entry

# As a producer reads them: what it gets is positive. Its own till is the other way round.
KINDS = {"owed": (accounts.producer_payable, -1), "held": (accounts.producer_held, -1), "cash": (accounts.cod_producer, 1)}


def statement(*, producer_id: int, kind: str = "owed") -> QuerySet[Entry]:
    """Entries with `change_vnd` and `balance_vnd`; `kind` is owed, held or cash. Entries are numbered as they happened."""
    account, sign = KINDS[kind]
    entries = Entry.objects.filter(account=account(producer_id)).select_related("transaction", "parcel")
    running = Window(Sum(F("amount_vnd") * sign), order_by="pk")
    return entries.annotate(change_vnd=F("amount_vnd") * sign, balance_vnd=running).order_by("pk")
