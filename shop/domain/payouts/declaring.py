"""A producer says where it is paid and as what the law knows it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shop.common.promises import BANK_ACCOUNT_COOLS_HOURS
from shop.common.tax_code import TaxCodeKind, normalise_tax_code, tax_code_kind
from shop.common.vietnamese import fold
from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile
from shop.domain.producers.standing import subject_of

from .banks import BANKS
from .letters import tell_account_changed
from .models import BankAccount

F = ProducerProfile.LegalForm
COOLING = timedelta(hours=BANK_ACCOUNT_COOLS_HOURS)
# What banks of Vietnam print: digits, at some banks letters before them.
NUMBER = re.compile(r"[A-Z0-9]{6,19}")
HOLDER = re.compile(r"[A-Z][A-Z0-9 .,&'()/-]{1,69}")
# As whom the tax office knows each form; an older household may still have ten digits.
CODES: dict[str, frozenset[TaxCodeKind]] = {
    F.COMPANY: frozenset({TaxCodeKind.ORGANISATION, TaxCodeKind.BRANCH}),
    F.COOPERATIVE: frozenset({TaxCodeKind.ORGANISATION, TaxCodeKind.BRANCH}),
    F.HOUSEHOLD: frozenset(TaxCodeKind),
    F.INDIVIDUAL: frozenset({TaxCodeKind.PERSON, TaxCodeKind.ORGANISATION}),
}


class UnknownBank(ValueError):
    """No bank has these six digits."""


class NotANumber(ValueError):
    """No bank account is numbered so."""


class NotAHolder(ValueError):
    """A holder is written in capital letters without marks, as banks do."""


class WrongTaxCode(ValueError):
    """A tax code that this legal form does not have."""


class ProducerStopped(Exception):
    """The office stopped this producer: its people read and change nothing."""


@dataclass(frozen=True)
class Declaration:
    """What the form asks for; `read_declaration` makes it of what people type."""

    bank_bin: str
    account_number: str
    holder: str
    legal_form: str
    tax_code: str


def read_number(text: str) -> str:
    """An account number without the gaps people type; raises NotANumber."""
    number = re.sub(r"[\s.\-–]", "", text).upper()
    if not NUMBER.fullmatch(number):
        raise NotANumber(len(number))
    return number


def read_holder(text: str) -> str:
    """A holder's name as banks write it: «HTX CHE TAN CUONG»; raises NotAHolder."""
    holder = " ".join(fold(text).upper().split())
    if not HOLDER.fullmatch(holder):
        raise NotAHolder
    return holder


def read_tax_code(text: str, *, legal_form: str) -> str:
    """A tax code that can exist for this legal form; raises InvalidTaxCode, WrongTaxCode."""
    code = normalise_tax_code(text)
    if tax_code_kind(code) not in CODES[legal_form]:
        raise WrongTaxCode(legal_form)
    return code


@transaction.atomic
def declare_account(*, producer_id: int, declaration: Declaration, actor: Actor, now: datetime) -> BankAccount:
    """Write the declaration down; another account than before is paid only after its cooling time.

    Raises UnknownBank, NotANumber, NotAHolder, InvalidTaxCode, WrongTaxCode, ProducerStopped.
    """
    wanted = _checked(declaration)
    profile = ProducerProfile.objects.select_for_update(of=("self",)).select_related("producer").get(pk=producer_id)
    if profile.is_stopped:
        raise ProducerStopped(producer_id)
    _declare_tax(profile, wanted, actor, now)
    present = account_of(producer_id=producer_id)
    if present is not None and _is_same(present, wanted):
        return present
    if present is not None:
        BankAccount.objects.filter(pk=present.pk).update(retired_at=now)
    account = BankAccount.objects.create(
        producer_id=producer_id,
        bank_bin=wanted.bank_bin,
        account_number=wanted.account_number,
        holder=wanted.holder,
        declared_by_id=actor.user_id,
        declared_at=now,
        usable_from=now + COOLING,
    )
    record(
        actor=actor,
        action="payout.account_declared",
        subject=subject_of(profile),
        now=now,
        old=_shown(present) if present else None,
        new=_shown(account),
    )
    tell_account_changed(account=account, profile=profile, now=now)
    return account


def account_of(*, producer_id: int) -> BankAccount | None:
    """Where this producer is to be paid; None until it says so."""
    return BankAccount.objects.filter(producer=producer_id, retired_at__isnull=True).first()


def _checked(declaration: Declaration) -> Declaration:
    if declaration.bank_bin not in BANKS:
        raise UnknownBank(declaration.bank_bin)
    return Declaration(
        bank_bin=declaration.bank_bin,
        account_number=read_number(declaration.account_number),
        holder=read_holder(declaration.holder),
        legal_form=F(declaration.legal_form),
        tax_code=read_tax_code(declaration.tax_code, legal_form=declaration.legal_form),
    )


def _declare_tax(profile: ProducerProfile, wanted: Declaration, actor: Actor, now: datetime) -> None:
    before = (profile.legal_form, profile.tax_code)
    if before == (wanted.legal_form, wanted.tax_code):
        return
    profile.legal_form, profile.tax_code = wanted.legal_form, wanted.tax_code
    profile.save(update_fields=["legal_form", "tax_code"])
    # A household's code is a person's number: what stays for ever shows its end only.
    record(
        actor=actor,
        action="payout.tax_declared",
        subject=subject_of(profile),
        now=now,
        old={"legal_form": before[0], "tax_code_last_digits": before[1][-4:]},
        new={"legal_form": str(wanted.legal_form), "tax_code_last_digits": wanted.tax_code[-4:]},
    )


def _is_same(account: BankAccount, wanted: Declaration) -> bool:
    there = (account.bank_bin, account.account_number, account.holder)
    return there == (wanted.bank_bin, wanted.account_number, wanted.holder)


def _shown(account: BankAccount) -> dict[str, object]:
    return {"bank": account.bank_bin, "last_digits": account.last_digits, "usable_from": account.usable_from}
