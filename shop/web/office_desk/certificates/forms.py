"""What an officer writes with an act."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.domain.certificates import acts
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import Certificate

LONGEST_REASON = 1000


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class GroundForm(forms.Form):
    """Reason, decision, day; `today` is the last day an act may count from."""

    has_safety: ClassVar[bool] = False
    reason = forms.CharField(
        label=_("Lý do"),
        help_text=_("Hiện ở trang kiểm tra công khai và trong thư gửi chủ thể."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do: người ta đọc câu này ở trang kiểm tra.")},
    )
    decision_number = forms.CharField(
        label=_("Số quyết định"), help_text=_("Ví dụ 12/QĐ-SNNMT. Để trống nếu chưa có."), max_length=64, required=False
    )
    effective_on = forms.DateField(
        label=_("Có hiệu lực từ ngày"),
        widget=DayInput(),
        error_messages={
            "required": _("Hãy chọn ngày có hiệu lực."),
            "invalid": _("Không đọc được ngày này. Viết theo dạng 2026-11-23."),
        },
    )
    is_safety_matter = forms.BooleanField(
        label=_("Vấn đề an toàn: hàng có thể gây hại"),
        help_text=_("Khi thu hồi vì an toàn, mọi người mua đã nhận hàng được báo ngay."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, certificate: Certificate | None = None, **more: Any) -> None:
        super().__init__(*args, initial={"effective_on": today, **more.pop("initial", {})}, **more)
        self.today, self.certificate = today, certificate
        if not self.has_safety:
            del self.fields["is_safety_matter"]

    def clean_effective_on(self) -> date:
        chosen: date = self.cleaned_data["effective_on"]
        if chosen > self.today:
            raise forms.ValidationError(_("Ngày có hiệu lực không được ở tương lai."))
        return chosen

    @property
    def ground(self) -> Ground:
        """What the domain is told; asked of a valid form only."""
        data = self.cleaned_data
        return Ground(
            reason=data["reason"],
            effective_on=data["effective_on"],
            decision_number=data["decision_number"],
            is_safety_matter=data.get("is_safety_matter", False),
        )


class StopForm(GroundForm):
    has_safety: ClassVar[bool] = True


class ExtendForm(GroundForm):
    until = forms.DateField(
        label=_("Gia hạn đến hết ngày"),
        help_text=_("Khi hồ sơ đánh giá lại đang chờ kết quả; nhiều nhất 180 ngày sau ngày hết hạn (Điều 12)."),
        widget=DayInput(),
        error_messages={
            "required": _("Hãy chọn ngày gia hạn."),
            "invalid": _("Không đọc được ngày này. Viết theo dạng 2026-11-23."),
        },
    )
    field_order: ClassVar = ["until", "reason", "decision_number", "effective_on"]


class DowngradeForm(GroundForm):
    stars = forms.TypedChoiceField(
        label=_("Còn mấy sao"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn hạng sao còn lại."), "invalid_choice": _("Hãy chọn hạng sao còn lại.")},
    )
    field_order: ClassVar = ["stars", "reason", "decision_number", "effective_on"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        most = self.certificate.stars if self.certificate else acts.FEWEST_STARS
        offered = [(stars, _("%(stars)s sao") % {"stars": stars}) for stars in range(acts.FEWEST_STARS, most)]
        self.fields["stars"].choices = offered  # type: ignore[attr-defined]


class SupersedeForm(GroundForm):
    by_code = forms.CharField(
        label=_("Mã giấy mới"),
        help_text=_("Giấy cùng sản phẩm, cùng chủ thể, cấp sau giấy này và còn hiệu lực."),
        max_length=64,
        error_messages={"required": _("Hãy ghi mã giấy mới.")},
    )
    field_order: ClassVar = ["by_code", "reason", "decision_number", "effective_on"]


FORMS: dict[str, type[GroundForm]] = {
    acts.SUSPENDED: StopForm,
    acts.LIFTED: GroundForm,
    acts.REVOKED: StopForm,
    acts.EXTENDED: ExtendForm,
    acts.DOWNGRADED: DowngradeForm,
    acts.SUPERSEDED: SupersedeForm,
}
