"""What a producer's people type about a voucher of their own."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.domain.listings.models import Listing
from shop.domain.vouchers.form import VoucherForm
from shop.domain.vouchers.making import VoucherWanted
from shop.domain.vouchers.models import Voucher

S = Voucher.Scope
SCOPES = [
    (S.PRODUCER, _("Mọi sản phẩm của bạn")),
    (S.CATEGORY, _("Một nhóm hàng của bạn")),
    (S.PROGRAMME, _("Các sản phẩm chọn bên dưới")),
]


class OwnVoucherForm(VoucherForm):
    """Given by the producer, for its own goods only: whatever else is posted, `wanted` names this producer."""

    products = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("desk", "Sản phẩm"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, producer_id: int, listings: Iterable[Listing], **more: Any) -> None:
        self.producer_id = producer_id
        own = list(listings)
        super().__init__(*args, scopes=SCOPES, categories=_categories_of(own), **more)
        self.fields["products"].choices = [(listing.product_id, listing.product.title) for listing in own]

    @property
    def wanted(self) -> VoucherWanted:
        """The voucher as it was asked for."""
        return self.wanted_with(
            funder=Voucher.Funder.PRODUCER, producer_id=self.producer_id, product_ids=self.cleaned_data.get("products", ())
        )


def _categories_of(listings: Sequence[Listing]) -> list[tuple[str, str]]:
    """The categories in which the producer has something."""
    found = {category.pk: category for listing in listings for category in listing.product.categories.all()}
    return [(str(one.pk), one.name) for one in sorted(found.values(), key=lambda one: one.path)]
