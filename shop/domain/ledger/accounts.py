"""Names of accounts, and the rows behind them."""

from collections.abc import Iterable

from .models import Account

K = Account.Kind
OF_PRODUCERS = (K.COD_PRODUCER, K.PRODUCER_HELD, K.PRODUCER_PAYABLE)

GATEWAY_CLEARING = str(K.GATEWAY_CLEARING)
BANK = str(K.BANK)
COD_CARRIER = str(K.COD_CARRIER)
DISPUTED = str(K.DISPUTED)
COMMISSION = str(K.COMMISSION)
TAX_WITHHELD = str(K.TAX_WITHHELD)
REFUND_DUE = str(K.REFUND_DUE)
UNALLOCATED = str(K.UNALLOCATED)
GATEWAY_FEE = str(K.GATEWAY_FEE)
DISCOUNT_PLATFORM = str(K.DISCOUNT_PLATFORM)


class UnknownAccount(ValueError):
    """No account is called so."""


def cod_producer(producer_id: int) -> str:
    """Cash of buyers in this producer's hands."""
    return f"{K.COD_PRODUCER}:{producer_id}"


def producer_held(producer_id: int) -> str:
    """What the producer earned and may not have yet: not delivered, or its return window is open."""
    return f"{K.PRODUCER_HELD}:{producer_id}"


def producer_payable(producer_id: int) -> str:
    """What the shop owes the producer now."""
    return f"{K.PRODUCER_PAYABLE}:{producer_id}"


def ensure_accounts(*, codes: Iterable[str]) -> None:
    """Open the accounts that are not there yet, in the order of their names, so that two who do so never block each other."""
    wanted = sorted(set(codes))
    known = set(Account.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = [_account(code) for code in wanted if code not in known]
    if missing:
        Account.objects.bulk_create(missing, ignore_conflicts=True)


def _account(code: str) -> Account:
    kind, colon, producer_id = code.partition(":")
    if kind not in K.values or {bool(colon), producer_id.isdecimal()} != {kind in OF_PRODUCERS}:
        raise UnknownAccount(code)
    return Account(code=code, kind=kind, producer_id=int(producer_id) if producer_id else None)
