"""The office sets commission rules: from a day on, for whom it says, ended rather than edited."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor

from .models import CommissionRule

Scope = CommissionRule.Scope


class StartsInThePast(Exception):
    """What was sold already was sold under the rules of its day."""


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


class TargetMissing(Exception):
    """The rule does not name what its scope is about; `field` says which."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


class EndedAlready(Exception):
    """The row ended before; its last day stays."""


@dataclass(frozen=True)
class RuleWanted:
    """A rule as somebody asks for it; what does not belong to its scope is left out."""

    scope: Scope
    percent: Decimal
    starts_on: date
    ends_on: date | None = None
    name: str = ""
    producer_id: int | None = None
    category_id: int | None = None
    product_id: int | None = None

    @property
    def targets(self) -> dict[str, int | None]:
        """What the rule names; a programme may name any of them or none."""
        named = {"producer": self.producer_id, "category": self.category_id, "product": self.product_id}
        is_open = self.scope == Scope.PROGRAMME
        return {f"{name}_id": value if is_open or name == str(self.scope) else None for name, value in named.items()}


@transaction.atomic
def add_rule(*, wanted: RuleWanted, actor: Actor, now: datetime) -> CommissionRule:
    """Set a rule. Raises StartsInThePast, EndsBeforeItBegins, TargetMissing."""
    _check(wanted, today=now.astimezone(SHOP_TIME_ZONE).date())
    rule = CommissionRule.objects.create(
        scope=wanted.scope,
        name=wanted.name.strip(),
        percent=wanted.percent,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        created_at=now,
        created_by_id=actor.user_id,
        **wanted.targets,
    )
    new = {"percent": rule.percent, "scope": rule.scope, "starts_on": rule.starts_on, "ends_on": rule.ends_on}
    record(actor=actor, action="commission.rule_set", subject=subject_of(rule), now=now, new={**new, **wanted.targets})
    return rule


@transaction.atomic
def end_rule(*, rule_id: int, last_day: date, actor: Actor, now: datetime) -> CommissionRule:
    """Let a rule end with `last_day`, today at the earliest; one that has not begun is taken back whole.

    Raises StartsInThePast when the day is over, EndedAlready when the rule ends no later than that anyway.
    """
    rule = CommissionRule.objects.select_for_update().get(pk=rule_id)
    today = now.astimezone(SHOP_TIME_ZONE).date()
    if last_day < today:
        raise StartsInThePast(last_day)
    ends_on = rule.starts_on - timedelta(days=1) if rule.starts_on > today else last_day
    if rule.ends_on is not None and rule.ends_on <= ends_on:
        raise EndedAlready(rule_id)
    old, rule.ends_on = rule.ends_on, ends_on
    rule.save(update_fields=["ends_on"])
    record(
        actor=actor,
        action="commission.rule_ended",
        subject=subject_of(rule),
        now=now,
        old={"ends_on": old},
        new={"ends_on": ends_on},
    )
    return rule


def subject_of(rule: CommissionRule) -> Subject:
    """How the audit log names a rule."""
    return Subject("commission_rule", rule.pk, rule.name or f"{rule.scope} {rule.percent} %", producer_id=rule.producer_id)


def _check(wanted: RuleWanted, *, today: date) -> None:
    if wanted.starts_on < today:
        raise StartsInThePast(wanted.starts_on)
    if wanted.ends_on is not None and wanted.ends_on < wanted.starts_on:
        raise EndsBeforeItBegins(wanted.ends_on)
    if wanted.scope == Scope.PROGRAMME:
        missing = [name for name, value in (("name", wanted.name.strip()), ("ends_on", wanted.ends_on)) if not value]
    else:
        missing = [wanted.scope] if wanted.scope != Scope.DEFAULT and wanted.targets[f"{wanted.scope}_id"] is None else []
    if missing:
        raise TargetMissing(missing[0])
