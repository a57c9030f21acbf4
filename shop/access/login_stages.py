"""A step between the password and the open door."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage


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
