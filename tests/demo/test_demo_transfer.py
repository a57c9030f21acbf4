"""`manage.py demo_transfer` plays the bank, and only in a demonstration."""

import pytest
from django.core.management import CommandError, call_command

from shop.domain.payments.models import MoneyAlert
from tests.factories.transfers import make_transfer_order, open_account

pytestmark = pytest.mark.django_db


def test_nobody_plays_the_bank_of_a_real_shop(settings):
    open_account(settings)
    settings.DEMO = False

    with pytest.raises(CommandError, match="only with DEMO=1"):
        call_command("demo_transfer", "OC-00000000")


def test_an_order_that_is_not_there_is_named(settings):
    open_account(settings)
    settings.DEMO = True

    with pytest.raises(CommandError, match="no order OC-00000000"):
        call_command("demo_transfer", "OC-00000000")


def test_a_shop_that_does_not_run_is_asked_to_be_started(settings):
    open_account(settings)
    settings.DEMO, settings.PORT = True, 9

    with pytest.raises(CommandError, match="make run"):
        call_command("demo_transfer", make_transfer_order().number)
    assert MoneyAlert.objects.count() == 0
