"""What a producer's people are told of their money: another bank account, money sent, money that did not arrive."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url
from shop.domain.producers.contacting import Contact, contact_of
from shop.domain.producers.models import Membership, ProducerProfile

from .banks import bank_name
from .models import BankAccount, Payout

ACCOUNT_CHANGED = "payout_account_changed"
PAYOUT_PAID = "payout_paid"
PAYOUT_FAILED = "payout_failed"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(ACCOUNT_CHANGED, title=_("Đổi tài khoản nhận tiền"), build_context=account_letter)
    register_kind(PAYOUT_PAID, title=_("Đã chi trả cho chủ thể"), build_context=payout_letter)
    register_kind(PAYOUT_FAILED, title=_("Chi trả không thành công"), build_context=payout_letter)


def tell_account_changed(*, account: BankAccount, profile: ProducerProfile, now: datetime) -> None:
    """Tell every owner and whoever reads the producer's mail: somebody who should not have done it is seen by one of them."""
    owners = Membership.objects.filter(producer=profile.pk, role=Membership.Role.OWNER, user__is_active=True)
    readers = {
        f"user:{owner.user_id}": Contact(owner.user.email or "", owner.user.phone or "", owner.user.language)
        for owner in owners.select_related("user").order_by("pk")
    }
    if profile.email or profile.phone:
        readers["contact"] = Contact(profile.email, profile.phone, profile.language)
    told = set()
    for reader, contact in readers.items():
        way = contact.email or contact.phone
        if way not in told:
            told.add(way)
            _tell(f"bank_account:{account.pk}:{reader}", ACCOUNT_CHANGED, contact, {"account_id": account.pk}, now)


def tell_payout(*, payout: Payout, now: datetime) -> None:
    """Tell the producer that its money is there, or came back."""
    contact = contact_of(producer=payout.producer)
    if contact is not None:
        kind = PAYOUT_PAID if payout.status == Payout.Status.PAID else PAYOUT_FAILED
        _tell(f"payout:{payout.pk}:{payout.status}", kind, contact, {"payout_id": payout.pk}, now)


def account_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """The new account by its last digits, and from when it is paid."""
    account = BankAccount.objects.select_related("producer").filter(pk=payload["account_id"]).first()
    if account is None:
        raise NothingToTell(payload)
    return {
        "producer_name": account.producer.name,
        "bank": bank_name(account.bank_bin),
        "ending": account.last_digits,
        "usable_from": account.usable_from,
        "is_first": not BankAccount.objects.filter(producer=account.producer_id, pk__lt=account.pk).exists(),
        "contact_url": absolute_url(reverse("storefront:contact")),
        "money_url": absolute_url(reverse("producer_desk:money")),
    }


def payout_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """The amount, the account by its last digits, and what the bank said."""
    payout = Payout.objects.select_related("producer", "bank_account").filter(pk=payload["payout_id"]).first()
    if payout is None:
        raise NothingToTell(payload)
    return {
        "producer_name": payout.producer.name,
        "payout": payout,
        "bank": bank_name(payout.bank_account.bank_bin),
        "ending": payout.bank_account.last_digits,
        "money_url": absolute_url(reverse("producer_desk:money")),
    }


def _tell(key: str, kind: str, contact: Contact, payload: dict[str, int], now: datetime) -> None:
    tell(
        key=key,
        kind=kind,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        payload=payload,
        now=now,
    )
