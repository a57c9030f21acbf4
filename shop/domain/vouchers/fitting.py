"""Which goods a voucher is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from catalogue_ext.models import Category

from .models import Voucher

S = Voucher.Scope


@dataclass(frozen=True)
class Goods:
    """One line as a voucher sees it; `page_id` is the product a pack is a pack of, or the product itself."""

    product_id: int
    page_id: int
    producer_id: int
    total_vnd: int
    is_alcohol: bool = False

    @property
    def family(self) -> frozenset[int]:
        return frozenset({self.product_id, self.page_id})


def fitting_goods(*, voucher: Voucher, goods: Sequence[Goods]) -> list[Goods]:
    """The lines the voucher is for. Alcohol never is: nobody may promote it (Law 44/2019, art. 5)."""
    chosen = _chosen_products(voucher, {pk for one in goods for pk in one.family})
    return [
        one
        for one in goods
        if not one.is_alcohol
        and (voucher.producer_id is None or voucher.producer_id == one.producer_id)
        and (chosen is None or one.family & chosen)
    ]


def _chosen_products(voucher: Voucher, products: Collection[int]) -> frozenset[int] | None:
    """Which of these products the voucher names by category or one by one; None where it names none."""
    if voucher.scope == S.CATEGORY and voucher.category is not None:
        below = Category.objects.filter(path__startswith=voucher.category.path, product__in=products)
        return frozenset(below.values_list("product", flat=True))
    if voucher.scope == S.PROGRAMME:
        return frozenset(voucher.products.filter(pk__in=products).values_list("pk", flat=True))
    return None
