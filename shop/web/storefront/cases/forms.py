"""What people write to the office: a star they doubt, or anything else. Photos are not needed, nor is a name."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_phone
from shop.common.places.choices import provinces_by_name
from shop.domain.cases.models import Case
from shop.domain.cases.opening import Report, Reporter
from shop.domain.cases.words import KINDS

LONGEST_TEXT = 3000
ASKED_OF_THE_OFFICE = (
    Case.Kind.QUESTION,
    Case.Kind.ORDER,
    Case.Kind.PRODUCER,
    Case.Kind.PERSONAL_DATA,
    Case.Kind.OTHER,
)
TEXT_AREA = forms.Textarea(attrs={"rows": 6})


class CaseForm(forms.Form):
    """What both forms share: the words, the contact with its consent, the key that makes two posts one case, and a trap."""

    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # People never see this field; a robot fills in every field it finds.
    website = forms.CharField(label=_("Để trống ô này"), required=False, max_length=500)
    body = forms.CharField(
        max_length=LONGEST_TEXT,
        widget=TEXT_AREA,
        error_messages={"max_length": _("Dài quá 3.000 chữ cái. Hãy rút gọn, gửi thêm sau cũng được.")},
    )
    name = forms.CharField(
        label=_("Tên của bạn (không bắt buộc)"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        error_messages={"invalid": _("Email chưa đúng, ví dụ ten@example.vn")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    consent = forms.BooleanField(
        label=_("Tôi đồng ý để văn phòng liên hệ với tôi về việc này qua email hoặc số điện thoại trên"), required=False
    )

    needs_contact: ClassVar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["form_key"].initial = uuid4

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return normalise_phone(typed) if typed else ""

    def clean_form_key(self) -> UUID:
        return self.cleaned_data["form_key"] or uuid4()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        contact_failed = {"email", "phone"} & set(self.errors)
        has_contact = bool(values.get("email") or values.get("phone"))
        if has_contact and not values.get("consent"):
            self.add_error("consent", _("Hãy đánh dấu đồng ý để chúng tôi trả lời, hoặc xoá email và số điện thoại."))
        elif self.needs_contact and not has_contact and not contact_failed:
            self.add_error("email", _("Cho biết email hoặc số điện thoại để chúng tôi trả lời."))
        return values

    @property
    def is_a_robots(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.data.get("website"))

    @property
    def reporter(self) -> Reporter:
        """Who wrote, as the domain wants to know it."""
        values = self.cleaned_data
        return Reporter(
            name=values["name"],
            email=values["email"],
            phone=values["phone"],
            language="en" if (get_language() or "").startswith("en") else "vi",
            has_consented=values["consent"],
        )


class ReportForm(CaseForm):
    """«This star looks false»: where it was seen, on what."""

    code = forms.CharField(
        label=_("Mã in trên tem, nếu có"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    product_name = forms.CharField(label=_("Tên sản phẩm hoặc cơ sở"), required=False, max_length=255)
    seen_at = forms.CharField(
        label=_("Bạn thấy ở đâu"), help_text=_("Cửa hàng, chợ, hội chợ, địa chỉ"), required=False, max_length=255
    )
    link = forms.CharField(
        label=_("Đường dẫn, nếu thấy trên mạng"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    province = forms.ChoiceField(
        label=_("Tỉnh, thành phố"), required=False, error_messages={"invalid_choice": _("Chọn tỉnh, thành phố")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Điều gì làm bạn nghi ngờ?")
        self.fields["body"].error_messages["required"] = _("Viết vài chữ về điều bạn thấy.")
        self.fields["province"].choices = [
            ("", _("Không rõ")),
            *((province.code, province.local_name) for province in provinces_by_name()),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        traces = ("code", "product_name", "seen_at", "link")
        if not any(values.get(name) for name in traces) and not set(traces) & set(self.errors):
            self.add_error("product_name", _("Cho biết ít nhất một điều: tên sản phẩm, mã trên tem, nơi thấy hoặc đường dẫn."))
        return values

    @property
    def report(self) -> Report:
        """What was reported."""
        values = self.cleaned_data
        return Report(
            kind=Case.Kind.FALSE_STAR,
            body=values["body"],
            code=values["code"],
            product_name=values["product_name"],
            seen_at=values["seen_at"],
            link=values["link"],
            province_code=values["province"],
        )


class ContactForm(CaseForm):
    """Anything else; it is answered, so it needs a way to answer."""

    kind = forms.ChoiceField(
        label=_("Về việc gì"),
        choices=[(kind, KINDS[kind]) for kind in ASKED_OF_THE_OFFICE],
        initial=Case.Kind.QUESTION,
        error_messages={"required": _("Chọn một việc"), "invalid_choice": _("Chọn một việc")},
    )
    order_number = forms.CharField(
        label=_("Mã đơn hàng, nếu có"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    needs_contact: ClassVar = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Nội dung")
        self.fields["body"].error_messages["required"] = _("Viết điều bạn muốn hỏi hoặc khiếu nại.")

    @property
    def report(self) -> Report:
        """What was asked."""
        values = self.cleaned_data
        return Report(kind=values["kind"], body=values["body"], order_number=values["order_number"])


class MoreForm(forms.Form):
    """What the reporter adds on the page of the case."""

    body = forms.CharField(
        label=_("Viết thêm"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Viết vài chữ rồi gửi."),
            "max_length": _("Dài quá 3.000 chữ cái. Hãy rút gọn, gửi thêm sau cũng được."),
        },
    )
