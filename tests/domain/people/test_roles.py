import pytest

from shop.domain.people.roles import roles_of
from tests.factories import make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def test_everybody_with_an_account_is_a_consumer():
    assert roles_of(user=make_user()) == {"consumer"}


def test_an_officer_and_a_member_of_staff_hold_their_role_on_top():
    assert roles_of(user=make_officer()) == {"consumer", "officer"}
    assert roles_of(user=make_staff()) == {"consumer", "staff"}


def test_a_closed_account_holds_nothing():
    assert roles_of(user=make_user(is_active=False)) == {"anonymous"}
