"""What somebody types who claims a producer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_phone


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Mã trong thư"),
        help_text=_("16 chữ và số, ví dụ ACDE-FGHJ-KMNP-QRTU. Viết hoa hay thường đều được."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Hãy nhập mã trong thư.")},
    )


class ClaimantForm(forms.Form):
    position = forms.CharField(
        label=_("Bạn là ai ở chủ thể này"),
        help_text=_("Ví dụ: giám đốc hợp tác xã, chủ hộ, người được uỷ quyền."),
        max_length=100,
        error_messages={"required": _("Hãy cho biết bạn là ai ở chủ thể này.")},
    )
    phone = forms.CharField(
        label=_("Số điện thoại để văn phòng gọi lại"),
        max_length=32,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Hãy ghi số điện thoại: văn phòng gọi lại để xác nhận.")},
    )
    accepts_terms = forms.BooleanField(
        label=_("Tôi có quyền đại diện cho chủ thể này và đồng ý với quy chế hoạt động của chợ"),
        error_messages={"required": _("Hãy đọc quy chế và đánh dấu nếu đồng ý.")},
    )

    def clean_phone(self) -> str:
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except ValidationError:
            raise ValidationError(_("Số điện thoại không đúng, ví dụ 0912 345 678.")) from None
