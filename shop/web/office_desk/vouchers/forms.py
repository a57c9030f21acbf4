"""What an officer types about a voucher of the shop."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.domain.vouchers.form import VoucherForm
from shop.domain.vouchers.making import VoucherWanted
from shop.domain.vouchers.models import Voucher

from ..books.finding import AmbiguousName, NothingFound, category_choices, find_producer, find_product

S = Voucher.Scope
SCOPES = [
    (S.ALL, _("Mọi sản phẩm")),
    (S.PRODUCER, _("Sản phẩm của một chủ thể")),
    (S.CATEGORY, _("Một nhóm hàng")),
    (S.PROGRAMME, _("Chương trình: các sản phẩm chọn riêng")),
]
MOST_PRODUCTS = 500


class OfficeVoucherForm(VoucherForm):
    """Given by the shop, for everybody's goods or for some."""

    producer = forms.CharField(
        label=_("Chủ thể"), help_text=_("Số của chủ thể, hoặc tên đầy đủ."), max_length=255, required=False
    )
    products = forms.CharField(
        label=_("Sản phẩm của chương trình"),
        help_text=_("Mã UPC hoặc số của sản phẩm, mỗi dòng một sản phẩm."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, scopes=SCOPES, categories=category_choices(), **more)

    def clean_producer(self) -> int | None:
        text = self.cleaned_data["producer"].strip()
        try:
            return find_producer(text) if text else None
        except NothingFound as nothing:
            raise ValidationError(_("Không tìm thấy. Hãy kiểm tra lại.")) from nothing
        except AmbiguousName as several:
            raise ValidationError(_("Có nhiều tên như vậy: hãy ghi số.")) from several

    def clean_products(self) -> list[int]:
        words = self.cleaned_data["products"].split()
        if len(words) > MOST_PRODUCTS:
            raise ValidationError(_("Nhiều nhất %(most)d sản phẩm.") % {"most": MOST_PRODUCTS})
        found, unknown = [], []
        for word in dict.fromkeys(words):
            try:
                found.append(find_product(word))
            except LookupError:
                unknown.append(word)
        if unknown:
            raise ValidationError(_("Không tìm thấy: %(words)s.") % {"words": ", ".join(unknown[:5])})
        return found

    @property
    def wanted(self) -> VoucherWanted:
        """The voucher as it was asked for."""
        return self.wanted_with(producer_id=self.cleaned_data.get("producer"), product_ids=self.cleaned_data.get("products", ()))
