"""Whom a command is about, and who gives it: the same words for exporting and for erasing."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from shop.common.phone import normalise_phone
from shop.domain.people.actor import Actor
from shop.domain.people.models import User
from shop.domain.producers.staff import actor_of


def add_person_arguments(parser: CommandParser) -> None:
    """Take a login, or an order with the contact that proves it; and who acts."""
    parser.add_argument("login", nargs="?", help="e-mail or phone of the account")
    parser.add_argument("--order", metavar="NUMBER", help="instead of a login: the order of a guest")
    parser.add_argument("--contact", help="the e-mail or phone that was given with that order")
    parser.add_argument("--by", required=True, metavar="LOGIN", help="e-mail or phone of the officer or staff who acts")


def check_one_way(*, login: str | None, order: str | None, contact: str | None) -> None:
    """Raise CommandError unless there is a login, or an order with its contact, and not both."""
    if bool(login) == bool(order) or bool(order) != bool(contact):
        raise CommandError("Name a login, or --order NUMBER with --contact, and not both.")


def find_account(login: str) -> User:
    """Return the account behind an e-mail or a phone in any spelling; raises CommandError."""
    user = _find(login)
    if user is None:
        raise CommandError(f"Nobody has the login {login}.")
    return user


def find_actor(login: str) -> Actor:
    """Return who acts; raises CommandError for anybody but officers and staff."""
    user = _find(login)
    actor = actor_of(user=user)
    if not actor.roles & {"officer", "staff"}:
        raise CommandError(f"{login} is not the login of an officer or of staff.")
    return actor


def _find(login: str) -> User | None:
    try:
        phone = normalise_phone(login)
    except ValidationError:
        phone = login
    return User.objects.filter(email__iexact=login).first() or User.objects.filter(phone=phone).first()
