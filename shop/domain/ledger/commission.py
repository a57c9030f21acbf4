"""Which commission rule falls on which goods.

A programme goes before product and category, those before the producer's own, that before the rule for everybody; of two
alike, the one that began later.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from catalogue_ext.models import Category, Product
from shop.common.promises import COMMISSION_PERCENT
from shop.common.written_once import WrittenOnce

from .models import CommissionRule

Scope = CommissionRule.Scope
RANK = {Scope.DEFAULT: 0, Scope.PRODUCER: 1, Scope.CATEGORY: 2, Scope.PRODUCT: 2, Scope.PROGRAMME: 3}


@dataclass(frozen=True)
class Commission:
    """A percent, and the rule it comes from; None while no rule is in force and the shop's promise is."""

    percent: Decimal
    rule_id: int | None = None


PROMISED = Commission(Decimal(COMMISSION_PERCENT))


def rules_in_force(*, day: date) -> Q:
    """The SQL condition under which a dated row is in force on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def promised_percent(*, day: date) -> int | float:
    """The commission of whoever has no rule of their own, as the page of fees says it."""
    rules = CommissionRule.objects.filter(rules_in_force(day=day), scope=Scope.DEFAULT)
    rule = rules.order_by("starts_on", "pk").last()
    percent = rule.percent if rule else PROMISED.percent
    return int(percent) if percent == int(percent) else float(percent)


def commissions_on(*, producer_id: int, product_ids: Collection[int], day: date) -> dict[int, Commission]:
    """The commission on each of a producer's products; packs follow the product they are packs of."""
    rules = _rules_for(producer_id=producer_id, day=day)
    asks_for_products = any(rule.product_id or rule.category_id for rule in rules)
    families = _families(product_ids) if asks_for_products else {pk: frozenset({pk}) for pk in product_ids}
    paths = _category_paths(families) if any(rule.category_id for rule in rules) else {}
    return {pk: _choose(rules, families[pk], paths) for pk in product_ids}


_rules_for = WrittenOnce[CommissionRule](
    lambda producer_id, day: (
        CommissionRule.objects.filter(rules_in_force(day=day))
        .filter(Q(producer=None) | Q(producer=producer_id))
        .select_related("category")
    )
)


def _choose(rules: list[CommissionRule], family: frozenset[int], paths: Mapping[int, list[str]]) -> Commission:
    own = [path for product_id in family for path in paths.get(product_id, [])]
    fitting = [rule for rule in rules if _fits(rule, family, own)]
    if not fitting:
        return PROMISED
    rule = max(fitting, key=_precedence)
    return Commission(rule.percent, rule.pk)


def _fits(rule: CommissionRule, family: frozenset[int], paths: list[str]) -> bool:
    if rule.product_id is not None and rule.product_id not in family:
        return False
    return rule.category is None or any(path.startswith(rule.category.path) for path in paths)


def _precedence(rule: CommissionRule) -> tuple[object, ...]:
    depth = rule.category.depth if rule.category else 0
    narrowed = (rule.product_id is not None, depth, rule.producer_id is not None)
    return (RANK[Scope(rule.scope)], *narrowed, rule.starts_on, rule.pk)


def _families(product_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Each product with the one it is a pack of."""
    parents = dict(Product.objects.filter(pk__in=product_ids).values_list("pk", "parent_id"))
    return {pk: frozenset(one for one in (pk, parents.get(pk)) if one is not None) for pk in product_ids}


def _category_paths(families: Mapping[int, frozenset[int]]) -> dict[int, list[str]]:
    paths: dict[int, list[str]] = {}
    wanted = set().union(*families.values())
    for product_id, path in Category.objects.filter(product__in=wanted).values_list("product", "path"):
        paths.setdefault(product_id, []).append(path)
    return paths
