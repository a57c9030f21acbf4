"""Whose data: an account with everything that is provably its own, or the guest of one order."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q

from shop.domain.people.erased import email_of
from shop.domain.people.models import User
from shop.oscar_forks.order.models import Order


@dataclass(frozen=True)
class Person:
    """The numbers and addresses by which a person's rows are found; e-mails in small letters, phones in E.164.

    Names find nothing, for they are many people's; they say whether a text of the person's own names its author.
    """

    user_id: int | None
    order_ids: tuple[int, ...]
    emails: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]

    @property
    def contacts(self) -> frozenset[str]:
        return self.emails | self.phones


def person_of_account(user: User) -> Person:
    """Return the person of an account: its orders, and those it made as a guest with an address that is proved its own."""
    addresses = {row.email.lower(): row.verified for row in EmailAddress.objects.filter(user=user)}
    own = email_of(user).lower()
    emails = {email for email, is_verified in addresses.items() if is_verified}
    # The office enters addresses too; then allauth knows nothing of them, and nobody else claims them.
    if own and addresses.get(own, True):
        emails.add(own)
    phones = {user.phone} if user.phone else set()
    as_guest = any_of("guest_email", emails) | Q(buyer_phone__in=phones if user.phone_verified else ())
    orders = Order.objects.filter(Q(user=user) | Q(as_guest, user=None)).order_by("pk")
    # A given name of one word is in too many sentences that name nobody.
    given = user.first_name if " " in user.first_name.strip() else ""
    names = _filled([user.get_full_name(), given, *orders.values_list("buyer_name", flat=True)])
    return Person(user.pk, tuple(orders.values_list("pk", flat=True)), frozenset(emails), frozenset(phones), names)


def person_of_order(order: Order) -> Person:
    """Return the guest of one order. Where its contact serves others too, only the order itself is the guest's."""
    emails, phones = _filled([order.guest_email.lower()]), _filled([order.buyer_phone])
    others = Order.objects.exclude(pk=order.pk).filter(any_of("guest_email", emails) | Q(buyer_phone__in=phones))
    accounts = User.objects.filter(any_of("email", emails) | Q(phone__in=phones))
    if others.exists() or accounts.exists():
        emails = phones = frozenset()
    return Person(None, (order.pk,), emails, phones, _filled([order.buyer_name]))


def any_of(column: str, texts: Iterable[str]) -> Q:
    """Return the SQL condition that `column` is one of `texts`, small and capital letters alike; none of none."""
    condition = Q(pk__in=())
    for text in sorted(texts):
        condition |= Q(**{f"{column}__iexact": text})
    return condition


def _filled(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text for text in texts if text)
