import pytest

from shop.domain.people.address_book import (
    MOST_ADDRESSES,
    AddressEntry,
    AlreadyInBook,
    BookIsFull,
    addresses_of,
    default_address,
    drop_address,
    keep_address,
    make_default,
    write_address,
)
from shop.oscar_forks.address.models import UserAddress
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def _entry(street="Số 12 ngõ 165", commune_code="00166", **changes):
    return AddressEntry(
        **({"name": "Lê Châu", "phone": "+84912345678", "commune_code": commune_code, "street": street} | changes)
    )


def _write(person, *streets):
    return [write_address(user_id=person.pk, entry=_entry(street)) for street in streets]


def test_the_first_address_is_the_default():
    person = make_user()

    first, second = _write(person, "Số 1", "Số 2")

    assert default_address(user_id=person.pk) == first
    assert not second.is_default_for_shipping


def test_one_address_is_the_default_at_a_time():
    person = make_user()
    _, second = _write(person, "Số 1", "Số 2")

    make_default(user_id=person.pk, address_id=second.pk)

    assert list(addresses_of(user_id=person.pk).values_list("line1", "is_default_for_shipping")) == [
        ("Số 2", True),
        ("Số 1", False),
    ]


def test_the_newest_takes_the_place_of_a_deleted_default():
    person = make_user()
    first, _, third = _write(person, "Số 1", "Số 2", "Số 3")

    drop_address(user_id=person.pk, address_id=first.pk)

    assert default_address(user_id=person.pk) == third


def test_the_same_street_in_two_communes_is_two_addresses():
    person = make_user()

    for code in ("00166", "00160"):
        write_address(user_id=person.pk, entry=_entry(commune_code=code))

    assert addresses_of(user_id=person.pk).count() == 2


def test_the_same_address_stands_once():
    person = make_user()
    _write(person, "Số 1")

    with pytest.raises(AlreadyInBook):
        _write(person, "SỐ 1")
    keep_address(user_id=person.pk, entry=_entry("Số 1"))

    assert addresses_of(user_id=person.pk).count() == 1


def test_the_book_has_room_for_so_many():
    person = make_user()
    _write(person, *(f"Số {number}" for number in range(MOST_ADDRESSES)))

    with pytest.raises(BookIsFull):
        _write(person, "Số 99")
    keep_address(user_id=person.pk, entry=_entry("Số 99"))

    assert addresses_of(user_id=person.pk).count() == MOST_ADDRESSES


@pytest.mark.parametrize(
    "act",
    [
        lambda owner, address: write_address(user_id=owner, entry=_entry("Số 9"), address_id=address),
        lambda owner, address: make_default(user_id=owner, address_id=address),
        lambda owner, address: drop_address(user_id=owner, address_id=address),
    ],
)
def test_another_persons_address_is_not_there(act):
    (address,) = _write(make_user(), "Số 1")

    with pytest.raises(UserAddress.DoesNotExist):
        act(make_user().pk, address.pk)

    address.refresh_from_db()
    assert address.line1 == "Số 1"
