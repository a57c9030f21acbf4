"""One account per role and more, with passwords and second factors that follow from the seed's number."""

import base64
import random
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from shop.access.second_factor import ROLES_WITH_SECOND_FACTOR
from shop.domain.people.models import Officer, User
from shop.domain.producers.models import Membership
from shop.oscar_forks.partner.models import Partner

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
SECRET_BYTES = 20
# What each producer has; the first one has somebody for everything.
ROLES_AT_EACH = (Membership.Role.OWNER, Membership.Role.ORDERS)
ROLES_AT_FIRST = (Membership.Role.LISTINGS, Membership.Role.MONEY)
# Roles of buying companies have no company yet: these people have an account and nothing more.
ROLES_ELSEWHERE = (
    *("consumer", "consumer", "officer", "officer", "staff"),
    *("buyer", "approver", "accountant", "company_admin"),
)


@dataclass(frozen=True)
class SeededUser:
    """One line of the seed's report."""

    role: str
    login: str
    password: str
    totp_secret: str | None
    producer_id: int | None
    company_id: int | None = None


def seed_people(*, seed: int, producers: list[Partner]) -> list[SeededUser]:
    """Make everybody, or bring those of an earlier run of the same seed back to their passwords."""
    wanted: list[tuple[str, Partner | None]] = [(role, None) for role in ROLES_ELSEWHERE]
    wanted += [(role, producer) for producer in producers for role in ROLES_AT_EACH]
    wanted += [(role, producers[0]) for role in ROLES_AT_FIRST]
    count: dict[str, int] = {}
    people = []
    for role, producer in wanted:
        count[role] = count.get(role, 0) + 1
        people.append(_seed_person(role, count[role], seed, producer))
    return people


def _seed_person(role: str, number: int, seed: int, producer: Partner | None) -> SeededUser:
    chance = random.Random(f"{seed}:{role}:{number}")  # noqa: S311  known on purpose
    login = f"{role.replace('_', '-')}-{number}.s{seed}@mau.example"
    password = "-".join("".join(chance.choices(ALPHABET, k=5)) for _ in range(3))
    user = User.objects.filter(email=login).first() or User(email=login)
    user.first_name, user.last_name = f"{role} {number}", "Mẫu"
    user.is_staff = user.is_superuser = role == "staff"
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=login, defaults={"verified": True, "primary": True})
    if producer is not None:
        Membership.objects.get_or_create(user=user, producer=producer, role=role)
    if role == "officer":
        Officer.objects.get_or_create(user=user, defaults={"scope": Officer.Scope.ALL})
    return SeededUser(
        role=role,
        login=login,
        password=password,
        totp_secret=_give_second_factor(user, chance) if role in ROLES_WITH_SECOND_FACTOR else None,
        producer_id=producer.pk if producer else None,
    )


def _give_second_factor(user: User, chance: random.Random) -> str:
    secret = base64.b32encode(chance.randbytes(SECRET_BYTES)).decode()
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    return secret
