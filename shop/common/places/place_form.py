"""The fields of an address, for every form that asks where somebody is; their template is components/place.html."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.vietnamese import normalise

from ..long_select import LongChoices, LongSelect
from .choices import communes_of, provinces_by_name
from .models import Commune


class PlaceForm(forms.Form):
    """Province, commune of it, and the street; `former` is read by `picking.read_place` before the form is."""

    province = forms.ChoiceField(
        label=_("Tỉnh, thành phố"),
        error_messages={"required": _("Chọn tỉnh, thành phố"), "invalid_choice": _("Chọn tỉnh, thành phố")},
        widget=LongSelect(attrs={"autocomplete": "address-level1"}),
    )
    commune = forms.ChoiceField(
        label=_("Phường, xã, đặc khu"),
        error_messages={"required": _("Chọn phường, xã hoặc đặc khu"), "invalid_choice": _("Xã này không thuộc tỉnh đã chọn")},
        widget=LongSelect(attrs={"autocomplete": "address-level2"}),
    )
    former = forms.CharField(
        label=_("Địa chỉ theo tên cũ"),
        required=False,
        max_length=255,
        help_text=_("Ví dụ: thị trấn Dương Đông, huyện Phú Quốc, Kiên Giang"),
    )
    street = forms.CharField(
        label=_("Số nhà, đường, thôn"),
        max_length=255,
        error_messages={"required": _("Cho biết số nhà, đường hoặc thôn")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, communes: Sequence[Commune] = (), **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["province"].choices = LongChoices(
            [
                ("", _("Chọn tỉnh, thành phố")),
                *((province.code, province.local_name) for province in provinces_by_name()),
            ]
        )
        self.fields["commune"].choices = LongChoices(
            [
                ("", _("Chọn phường, xã, đặc khu")),
                *self._commune_choices(communes),
            ]
        )

    def clean_street(self) -> str:
        return normalise(self.cleaned_data["street"])

    @property
    def has_communes(self) -> bool:
        """Whether a province is chosen, so that its communes can be."""
        return len(self.fields["commune"].choices) > 1

    def _commune_choices(self, communes: Sequence[Commune]) -> list[tuple[str, str]]:
        if communes:
            return [(commune.pk, f"{commune.full_name}, {commune.province.local_name}") for commune in communes]
        values = self.data if self.is_bound else self.initial
        return [(choice.code, choice.name) for choice in communes_of(values.get("province", ""))]
