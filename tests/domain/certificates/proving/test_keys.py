"""The key in use, those before it, and one that was stolen."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from shop.common import clock
from shop.domain.certificates.proving.keys import (
    KeyInUse,
    UnknownKey,
    current_key_id,
    distrust_key,
    key_id_of,
    private_key,
    public_hex,
    publish_keys,
)
from shop.domain.certificates.proving.models import SigningKey

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


def test_keys_are_published_whole(settings):
    first_day, second_day = TODAY - timedelta(days=30), TODAY - timedelta(days=3)
    stolen = current_key_id(today=first_day)
    settings.CERTIFICATE_SIGNING_KEY = "18" * 32
    retired = current_key_id(today=second_day)
    settings.CERTIFICATE_SIGNING_KEY = OTHER_KEY
    current = current_key_id(today=TODAY)
    assert (distrust_key(key_id=stolen, today=TODAY), distrust_key(key_id=stolen, today=TODAY)) == (True, False)
    with pytest.raises(KeyInUse, match=current):
        distrust_key(key_id=current, today=TODAY)
    with pytest.raises(UnknownKey):
        distrust_key(key_id="0" * 16, today=TODAY)

    told = publish_keys(today=TODAY)

    public = {key.key_id: key.public_key for key in SigningKey.objects.all()}
    assert public[current] == public_hex(private_key())
    assert [key_id_of(each) for each in public.values()] == list(public)
    days = {stolen: (first_day, second_day, TODAY), retired: (second_day, TODAY, None), current: (TODAY, None, None)}
    assert told == {
        "schema": "ocop-keys/1",
        "issuer": settings.BASE_URL,
        "algorithm": "Ed25519",
        "keys": [
            {
                "key_id": key_id,
                "public_key": public[key_id],
                "state": state,
                **{
                    name: day and day.isoformat()
                    for name, day in zip(("first_used_on", "retired_on", "distrusted_on"), days[key_id], strict=True)
                },
            }
            for key_id, state in ((current, "current"), (retired, "retired"), (stolen, "distrusted"))
        ],
    }
