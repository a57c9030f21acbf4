"""What a monitoring system asks."""

import json
import urllib.request
from datetime import timedelta
from urllib.error import HTTPError

import pytest
from django.db import connection

from shop.common import clock
from shop.embedded.processes import stop_process
from tests.factories.notifications import make_message
from tests.fixtures.processes import free_port, start_web

ALL_WELL = {"database": "ok", "valkey": "ok", "migrations": "ok", "outbox": "ok", "webhooks": "ok"}
NOT_ASKED = "not asked: the database does not answer"


@pytest.fixture
def alone(django_db_setup):
    """A web server whose database and Valkey are both away."""
    nowhere = f"127.0.0.1:{free_port()}"
    environment = {"DATABASE_URL": f"postgres://shop:x@{nowhere}/shop", "REDIS_URL": f"redis://{nowhere}/0"}
    process, address = start_web(1, {"DJANGO_SETTINGS_MODULE": "shop.settings.base", **environment})
    yield address
    stop_process(process, seconds=5)


def test_healthz_answers(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_names_each_part(client, db):
    assert client.get("/readyz").json() == {"ready": True, "checks": ALL_WELL}


def test_without_servers_the_process_lives_and_is_not_ready(alone):
    with urllib.request.urlopen(f"{alone}/healthz", timeout=20) as healthy:  # noqa: S310  our own address
        assert healthy.status == 200
    with pytest.raises(HTTPError) as refusal:
        urllib.request.urlopen(f"{alone}/readyz", timeout=20)  # noqa: S310  the same

    assert refusal.value.code == 503
    assert json.load(refusal.value) == {
        "ready": False,
        "checks": {
            "database": "the database does not answer (OperationalError)",
            "valkey": "Valkey does not answer (ConnectionError)",
            "migrations": NOT_ASKED,
            "outbox": NOT_ASKED,
            "webhooks": NOT_ASKED,
        },
    }


def test_without_valkey_the_shop_is_not_ready(client, db, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {**ALL_WELL, "valkey": "Valkey does not answer (ConnectionError)"}


def test_an_older_database_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")

    assert client.get("/readyz").json() == {"ready": False, "checks": {**ALL_WELL, "migrations": "1 migrations are not applied"}}


@pytest.mark.parametrize(("minutes", "is_ready"), [(4, True), (6, False)])
def test_messages_that_do_not_leave_make_the_shop_unready(client, db, minutes, is_ready):
    make_message(now=clock.now() - timedelta(minutes=minutes))

    answer = client.get("/readyz").json()

    assert answer["ready"] is is_ready
    assert answer["checks"]["outbox"].startswith("ok" if is_ready else "the oldest unsent message waits for 36")
