"""The key in use, those before it, and one that was stolen."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from shop.common import clock
from shop.domain.certificates.proving.keys import current_key_id, publish_keys

pytestmark = pytest.mark.django_db
TODAY = clock.today()
OTHER_KEY = "17" * 32


def states(**keywords):
    return {key["key_id"]: key["state"] for key in publish_keys(today=TODAY, **keywords)["keys"]}


def test_a_changed_key_retires_the_old_one_which_stays_published(settings):
    old = current_key_id(today=TODAY - timedelta(days=30))
    settings.CERTIFICATE_SIGNING_KEY = OTHER_KEY
    new = current_key_id(today=TODAY)

    published = publish_keys(today=TODAY)["keys"]

    assert [(key["key_id"], key["state"], key["retired_on"]) for key in published] == [
        (new, "current", None),
        (old, "retired", TODAY.isoformat()),
    ]


def test_going_back_to_a_key_makes_it_the_current_one(settings):
    old_key = settings.CERTIFICATE_SIGNING_KEY
    old = current_key_id(today=TODAY)
    settings.CERTIFICATE_SIGNING_KEY = OTHER_KEY
    new = current_key_id(today=TODAY)
    settings.CERTIFICATE_SIGNING_KEY = old_key

    assert states() == {old: "current", new: "retired"}


def test_asking_twice_puts_a_key_on_record_once():
    assert current_key_id(today=TODAY) == current_key_id(today=TODAY)
    assert len(states()) == 1


def test_a_stolen_key_is_distrusted_after_it_was_replaced(settings, capsys):
    stolen = current_key_id(today=TODAY)
    with pytest.raises(CommandError, match="set another CERTIFICATE_SIGNING_KEY first"):
        call_command("signing_keys", distrust=stolen)
    settings.CERTIFICATE_SIGNING_KEY = OTHER_KEY
    current_key_id(today=TODAY)

    call_command("signing_keys", distrust=stolen)

    printed = json.loads(capsys.readouterr().out)
    assert {key["key_id"]: key["state"] for key in printed["keys"]}[stolen] == "distrusted"
    with pytest.raises(CommandError, match="No key has the id"):
        call_command("signing_keys", distrust="0" * 16)


def test_nothing_private_is_published(settings):
    assert settings.CERTIFICATE_SIGNING_KEY not in json.dumps(publish_keys(today=TODAY))
