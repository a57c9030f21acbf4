"""A step between the password and the open door."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, PhoneVerificationStage
from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429


class EmailStage(EmailVerificationStage):
    """Asks for a proof of the e-mail address, where there is one to prove and nobody has vouched for it."""

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user and not user.email:
            return None, True
        # Sign-up always writes a row. Where there is none a command or the office made the account and entered the address.
        if user and not EmailAddress.objects.filter(user=user).exists():
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return super().handle()


class PhoneStage(PhoneVerificationStage):
    """Asks for a proof of the phone where the phone is all there is; one beside an e-mail proves nothing at log-in."""

    def handle(self) -> tuple[Any, bool]:
        if self.login.user and self.login.user.email:
            return None, True
        try:
            return super().handle()
        except RateLimited:
            return respond_429(self.request), False
