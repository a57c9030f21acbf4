"""Accounts a newcomer can try every role with; made once, their passwords kept beside the data."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from shop.domain.people.models import Officer, User
from shop.domain.producers.models import Membership
from shop.oscar_forks.partner.models import Partner

SECOND_OFFICER = "can-bo-2@mau.example"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class DemoAccount:
    """One line of what `make run` prints; `totp_secret` is empty where no second factor is needed."""

    role: str
    login: str
    password: str
    totp_secret: str
    works_for: str


@dataclass(frozen=True)
class Wanted:
    """A demo account as it should be."""

    role: str
    login: str
    name: str
    needs_totp: bool = False


def read_accounts(path: Path) -> list[DemoAccount]:
    """Return the accounts made earlier, or none."""
    if not path.exists():
        return []
    return [DemoAccount(**row) for row in json.loads(path.read_text())]


@transaction.atomic
def make_accounts(*, path: Path, producers: list, pending: Partner | None = None) -> list[DemoAccount]:
    """Make one account per role and write their log-ins to `path` (readable by its owner only).

    `pending` is a producer that waits for the office; its owner gets an account too.
    """
    accounts = [_make_account(Wanted("consumer", "khach@mau.example", "Khách"), None)]
    for number, producer in enumerate(producers, start=1):
        accounts.append(_make_account(Wanted("producer_owner", f"chu-the-{number}@mau.example", "Chủ thể"), producer))
    if pending is not None:
        accounts.append(_make_account(Wanted("producer_owner", "chu-the-cho@mau.example", "Chờ duyệt"), pending))
    accounts += [
        _make_account(Wanted("producer_orders", "don-hang@mau.example", "Đóng gói"), producers[0]),
        _make_account(Wanted("producer_listings", "san-pham@mau.example", "Sản phẩm"), producers[0]),
        _make_account(Wanted("officer", "can-bo@mau.example", "Cán bộ", needs_totp=True), None),
        # What one officer asks for another one signs.
        _make_account(Wanted("officer", SECOND_OFFICER, "Cán bộ hai", needs_totp=True), None),
        _make_account(Wanted("staff", "quan-tri@mau.example", "Quản trị", needs_totp=True), None),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1))
    return accounts


def _make_account(wanted: Wanted, producer) -> DemoAccount:
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(3))
    user = User.objects.filter(email=wanted.login).first() or User(email=wanted.login)
    user.first_name, user.last_name = wanted.name, "Mẫu"
    user.is_staff = user.is_superuser = wanted.role == "staff"
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=wanted.login, defaults={"verified": True, "primary": True})
    if producer is not None:
        Membership.objects.get_or_create(user=user, producer=producer, role=wanted.role)
    if wanted.role == "officer":
        Officer.objects.get_or_create(user=user, defaults={"scope": Officer.Scope.ALL})
    return DemoAccount(
        role=wanted.role,
        login=wanted.login,
        password=password,
        totp_secret=_give_second_factor(user) if wanted.needs_totp else "",
        works_for=producer.name if producer is not None else "",
    )


def _give_second_factor(user: User) -> str:
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret
