"""What each producer may be paid now, and why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from shop.domain.ledger import accounts
from shop.domain.ledger.models import Account, Entry
from shop.domain.payments.models import Payment
from shop.domain.producers.models import ProducerProfile
from shop.domain.returns.queries import open_returns

from .models import OPEN_STATUSES, BankAccount, Payout


class Obstacle(StrEnum):
    """Why a producer is not paid; the first that holds is named."""

    OPEN = "open"
    FROZEN = "frozen"
    NOTHING_OWED = "nothing_owed"
    NO_ACCOUNT = "no_account"
    COOLING = "cooling"
    DISPUTED = "disputed"
    BELOW_MINIMUM = "below_minimum"


@dataclass(frozen=True)
class Owed:
    """One producer's balance in whole đồng: cleared, how much of that is disputed or may go back, and what may be paid."""

    profile: ProducerProfile
    balance_vnd: int
    disputed_vnd: int
    account: BankAccount | None
    obstacle: Obstacle | None

    @property
    def amount_vnd(self) -> int:
        """What would be paid: never more than the balance, nothing of what is disputed."""
        return max(self.balance_vnd - self.disputed_vnd, 0)


def lock_owed(*, producer_ids: Iterable[int]) -> None:
    """Let nobody write into what these producers are owed until this transaction ends.

    A refund waits here (`ledger.posting.post` takes the same rows), so a balance read after this stays as it is read.
    """
    codes = [accounts.producer_payable(producer_id) for producer_id in producer_ids]
    rows = Account.objects.filter(pk__in=codes).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def owed_producers() -> list[int]:
    """Every producer whose balance is not nothing."""
    sums = _payable().values_list("account__producer").annotate(sum=Sum("amount_vnd"))
    return sorted(producer_id for producer_id, balance in sums if balance)


def assess(*, producer_ids: Collection[int], now: datetime, but_for: Collection[int] = ()) -> list[Owed]:
    """Say of each of these producers what it may be paid now; `but_for` names payouts of the asking batch itself."""
    balances = _sums(_payable(), producer_ids)
    contested = Payment.objects.filter(status=Payment.Status.DISPUTED).values("order")
    contested_goods = Q(parcel__order__in=contested) | Q(parcel__in=open_returns().values("parcel"))
    disputed = _sums(_payable().filter(contested_goods), producer_ids)
    current = BankAccount.objects.filter(producer__in=producer_ids, retired_at__isnull=True)
    bank_accounts = {account.producer_id: account for account in current}
    open_ones = Payout.objects.filter(producer__in=producer_ids, status__in=OPEN_STATUSES).exclude(pk__in=but_for)
    busy = set(open_ones.values_list("producer", flat=True))
    profiles = ProducerProfile.objects.filter(pk__in=producer_ids).select_related("producer").order_by("folded_name", "pk")
    found = []
    for profile in profiles:
        account = bank_accounts.get(profile.pk)
        owed = Owed(profile, balances.get(profile.pk, 0), max(disputed.get(profile.pk, 0), 0), account, None)
        obstacle = Obstacle.OPEN if profile.pk in busy else _obstacle(owed, now)
        found.append(Owed(profile, owed.balance_vnd, owed.disputed_vnd, account, obstacle))
    return found


def _obstacle(owed: Owed, now: datetime) -> Obstacle | None:
    checks = (
        (Obstacle.FROZEN, owed.profile.payouts_frozen),
        (Obstacle.NOTHING_OWED, owed.balance_vnd <= 0),
        (Obstacle.NO_ACCOUNT, owed.account is None or not owed.profile.legal_form),
        (Obstacle.COOLING, owed.account is not None and owed.account.usable_from > now),
        (Obstacle.DISPUTED, owed.disputed_vnd > 0 and owed.amount_vnd < settings.PAYOUT_MINIMUM_VND),
        (Obstacle.BELOW_MINIMUM, owed.amount_vnd < settings.PAYOUT_MINIMUM_VND),
    )
    return next((obstacle for obstacle, holds in checks if holds), None)


def _payable() -> QuerySet[Entry]:
    return Entry.objects.filter(account__kind=Account.Kind.PRODUCER_PAYABLE).order_by()


def _sums(entries: QuerySet[Entry], producer_ids: Collection[int]) -> dict[int, int]:
    mine = entries.filter(account__producer__in=producer_ids)
    return {producer_id: -total for producer_id, total in mine.values_list("account__producer").annotate(sum=Sum("amount_vnd"))}
