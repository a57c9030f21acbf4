"""A person's addresses: at most twenty, one of them the default."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from shop.oscar_forks.address.models import Country, UserAddress

from .models import User

MOST_ADDRESSES = 20


@dataclass(frozen=True)
class AddressEntry:
    """One line of the book; `phone` in E.164, `commune_code` of today's list."""

    name: str
    phone: str
    commune_code: str
    street: str
    note: str = ""


class BookIsFull(Exception):
    """The person keeps as many addresses as the book has room for."""


class AlreadyInBook(Exception):
    """The same name, phone and place stand in the book."""


def addresses_of(*, user_id: int) -> Sequence[UserAddress]:
    """Return the book, the default first, then the newest."""
    book = UserAddress.objects.filter(user_id=user_id, commune__isnull=False).select_related("commune__province", "country")
    return book.order_by("-is_default_for_shipping", "-pk")


def default_address(*, user_id: int) -> UserAddress | None:
    """Return the address an order goes to unless another is chosen; None for an empty book."""
    return next(iter(addresses_of(user_id=user_id)[:1]), None)


@transaction.atomic
def write_address(*, user_id: int, entry: AddressEntry, address_id: int | None = None, is_default: bool = False) -> UserAddress:
    """Add an address, or change the person's address `address_id`; the first one is the default.

    Raises BookIsFull, AlreadyInBook, and UserAddress.DoesNotExist for an address that is not theirs.
    """
    book = _lock_book(user_id)
    if address_id is None and book.count() >= MOST_ADDRESSES:
        raise BookIsFull
    address = book.get(pk=address_id) if address_id else UserAddress(user_id=user_id, country=Country.objects.get(pk="VN"))
    address.first_name, address.phone_number, address.commune_id = entry.name, entry.phone, entry.commune_code
    address.line1, address.notes = entry.street, entry.note
    if book.filter(hash=address.generate_hash()).exclude(pk=address.pk).exists():
        raise AlreadyInBook
    has_default = book.filter(is_default_for_shipping=True).exists()
    address.is_default_for_shipping = address.is_default_for_shipping or is_default or not has_default
    address.save()
    return address


def keep_address(*, user_id: int, entry: AddressEntry) -> None:
    """Add the address of an order if there is room and it is a new one; an order never fails for its address book."""
    try:
        write_address(user_id=user_id, entry=entry)
    except (BookIsFull, AlreadyInBook):
        return


@transaction.atomic
def make_default(*, user_id: int, address_id: int) -> None:
    """Let orders go to this address; raises UserAddress.DoesNotExist for one that is not theirs."""
    address = _lock_book(user_id).get(pk=address_id)
    address.is_default_for_shipping = True
    address.save()


@transaction.atomic
def drop_address(*, user_id: int, address_id: int) -> None:
    """Take an address out of the book; the newest of the rest becomes the default if it was the default.

    Orders keep the address they went to. Raises UserAddress.DoesNotExist for one that is not theirs.
    """
    book = _lock_book(user_id)
    address = book.get(pk=address_id)
    address.delete()
    heir = book.order_by("-pk").first() if address.is_default_for_shipping else None
    if heir is not None:
        heir.is_default_for_shipping = True
        heir.save()


def _lock_book(user_id: int) -> QuerySet[UserAddress]:
    # Two tabs write one after the other, or both would find no default and room for one more.
    User.objects.select_for_update().get(pk=user_id)
    return UserAddress.objects.filter(user_id=user_id)
