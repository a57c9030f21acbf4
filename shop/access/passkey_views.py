"""Passkeys: allauth's ceremonies, their pages without inline scripts (static/js/account/passkeys.js does the browser's part)."""

import json
from typing import Any, ClassVar

from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.mfa.base import views as base_views
from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn import views as allauth_views
from allauth.mfa.webauthn.internal import auth, flows
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from . import passkey_forms
from .account_forms import OurWords

NAME = {"name": _("Tên khoá")}
NAME_LENGTH = 100
SECURITY = reverse_lazy("mfa_index")


class AddPasskeyForm(OurWords, passkey_forms.AddForm):
    labels: ClassVar = NAME
    hints: ClassVar = {"name": _("Để bạn nhận ra, ví dụ «Điện thoại của tôi».")}
    # Always without a password: a key that only adds to one would be a third kind to explain.
    dropped: ClassVar = ("passwordless",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH

    def clean_name(self) -> str:
        return super().clean_name()[:NAME_LENGTH]


class RenamePasskeyForm(OurWords, allauth_forms.EditWebAuthnForm):
    labels: ClassVar = NAME

    def clean_name(self) -> str:
        return self.cleaned_data["name"].strip()[:NAME_LENGTH]


class AddPasskeyView(allauth_views.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {"form": kwargs.get("form") or context["form"], "options": json.dumps(options, default=dict)}


class RenamePasskeyView(allauth_views.EditWebAuthnView):
    success_url = SECURITY


class RemovePasskeyView(allauth_views.RemoveWebAuthnView):
    success_url = SECURITY


class LoginByPasskeyView(NextRedirectMixin, allauth_views.LoginWebAuthnView):
    """allauth's own forgets where the visitor wanted to go."""

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=self.get_next_url())
        return flows.perform_passwordless_login(self.request, key, login)

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)
        return redirect(self.passthrough_next_url(str(reverse_lazy("account_login"))))


class ReauthenticateByPasskeyView(allauth_views.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)
        return redirect(self.passthrough_next_url(self.request.path))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"options": json.dumps(context["js_data"]["request_options"], default=dict)}


class AuthenticateView(base_views.AuthenticateView):
    """The step after the password: a code of the app, a recovery code, or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if auth.get_credentials(self.stage.login.user):
            context["options"] = json.dumps(context["js_data"]["request_options"], default=dict)
        return context
