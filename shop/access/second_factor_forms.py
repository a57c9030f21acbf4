"""allauth's forms of the second factor in the shop's words."""

from typing import ClassVar

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from django.utils.translation import gettext_lazy as _

from .account_forms import OurWords

CODE = {"code": _("Mã 6 số")}


class AuthenticateForm(OurWords, base_forms.AuthenticateForm):
    labels: ClassVar = CODE
    hints: ClassVar = {"code": _("Mở ứng dụng xác thực để xem, hoặc dùng một mã dự phòng.")}


class ReauthenticateForm(OurWords, base_forms.ReauthenticateForm):
    labels: ClassVar = CODE
    hints: ClassVar = {"code": _("Mở ứng dụng xác thực để xem, hoặc dùng một mã dự phòng.")}


class ActivateTotpForm(OurWords, totp_forms.ActivateTOTPForm):
    labels: ClassVar = CODE
    hints: ClassVar = {"code": _("Mã đang hiện trong ứng dụng sau khi quét.")}
