"""Where a producer is paid: a household's account names a person. Shown to whoever declared it, kept by accounting law."""

from datetime import datetime

from shop.domain.payouts.models import BankAccount

from ..person import Person
from ..place import Place, Row


def export_bank_accounts(person: Person) -> list[Row]:
    if person.user_id is None:
        return []
    declared = BankAccount.objects.filter(declared_by=person.user_id).order_by("pk")
    return [{"bank": row.bank_bin, "number": row.account_number, "holder": row.holder, "at": row.declared_at} for row in declared]


def keep_bank_accounts(person: Person, now: datetime) -> None:
    """Papers of a business, not of a shopper: what money was paid to is kept, as the books are."""


PLACES = (
    Place(
        name="bank_accounts",
        columns={"payouts_bankaccount": "account_number holder"},
        export=export_bank_accounts,
        erase=keep_bank_accounts,
    ),
)
