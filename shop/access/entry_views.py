"""allauth's pages of log-in and reset, where the shop's people, who may have only a phone, need a little more."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.core.exceptions import RateLimited
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from shop.domain.people.models import User

from .account_messages import post_phone_answer, post_reset_code
from .lockout import forget_wrong_guesses

RESET_DONE = reverse_lazy("account_reset_password_from_key_done")


class ConfirmLoginCodeView(allauth_views.ConfirmLoginCodeView):
    def _verify_form_valid(self, form: Any) -> HttpResponse:
        _drop_password_of_nobody(self._process.user, email=self._process.state.get("email"))
        return super()._verify_form_valid(form)


class PasswordResetView(allauth_views.PasswordResetView):
    """A link to a mailbox, a code to a phone; the page after it is the same for people and for strangers."""

    def form_valid(self, form: Any) -> HttpResponse:
        login = form.cleaned_data["login"]
        too_many = ratelimit.consume_or_429(self.request, action="reset_password", key=login)
        if too_many:
            return too_many
        if "@" in login:
            form.save(self.request)
            return redirect("account_reset_password_done")
        PhoneResetProcess.begin(self.request, phone=login)
        return redirect(self.passthrough_next_url(reverse("account_confirm_password_reset_code")))


class PhoneResetProcess(PasswordResetVerificationProcess):
    """allauth's reset by code, whose mail is an SMS; it keeps an empty e-mail because allauth reads one."""

    @classmethod
    def begin(cls, request: HttpRequest, *, phone: str) -> None:
        user = get_adapter().get_user_by_phone(phone)
        user = user if user and user.is_active else None
        state = cls.initial_state(user, phone=phone) | {"email": ""}
        process = cls(request, state=state, user=user)
        process.send()
        process.persist()

    def send(self) -> None:
        if self.user is None:
            post_phone_answer(self.state["phone"], has_account=False)
            return
        self.state["code"] = get_adapter().generate_password_reset_code()
        post_reset_code(self.user, self.state["code"])


class ConfirmResetCodeView(allauth_views.ConfirmPasswordResetCodeView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"phone": self._process.state["phone"]}

    def form_valid(self, form: Any) -> HttpResponse:
        get_adapter().set_phone_verified(self._process.user, self._process.state["phone"])
        return super().form_valid(form)


class CompleteResetView(allauth_views.CompletePasswordResetView):
    success_url = RESET_DONE

    def form_valid(self, form: Any) -> HttpResponse:
        forget_wrong_guesses(self.request, self._process.user)
        return super().form_valid(form)


class ResetFromKeyView(allauth_views.PasswordResetFromKeyView):
    def form_valid(self, form: Any) -> HttpResponse:
        forget_wrong_guesses(self.request, self.reset_user)
        return super().form_valid(form)


class ChangePhoneView(allauth_views.ChangePhoneView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except RateLimited:
            form.add_error("phone", get_adapter().error_messages["rate_limited"])
            return self.form_invalid(form)


def _drop_password_of_nobody(user: User | None, *, email: str | None) -> None:
    """The contact of an unfinished sign-up is proved only now: whoever chose its password then was somebody else."""
    if user is None:
        return
    if email:
        is_unproved = EmailAddress.objects.filter(user=user, email=email, verified=False).exists()
    else:
        # A phone beside an e-mail came from the shop; people change theirs only by its code.
        is_unproved = not user.phone_verified and not user.email
    if is_unproved:
        user.set_unusable_password()
        user.save(update_fields=["password"])
