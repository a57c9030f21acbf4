import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import transaction

from shop.celery import app
from shop.domain.notifications import bell
from shop.embedded import addresses
from shop.embedded.valkey import EmbeddedValkey
from tests.fixtures.processes import free_port


@pytest.fixture
def valkey_away(monkeypatch):
    """Nobody listens where Valkey should be."""
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    monkeypatch.setattr(app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")


def test_ring_bell_reaches_valkey(db, monkeypatch):
    monkeypatch.setattr(bell, "_silent_until", 0.0)

    assert bell.ring_bell() is True


def test_ring_bell_without_valkey_is_quick_and_raises_nothing(valkey_away):
    started = time.monotonic()

    assert bell.ring_bell() is False
    assert time.monotonic() - started < 1


def test_ring_bell_stays_silent_for_a_while_after_a_failure(valkey_away, monkeypatch):
    bell.ring_bell()

    monkeypatch.setattr(bell.current_app, "send_task", lambda *_, **__: pytest.fail("rung again at once"))

    assert bell.ring_bell() is False


def test_a_valkey_that_was_started_anew_hears_the_next_ring(monkeypatch):
    """Without a word of failure in between, and after one."""
    with tempfile.TemporaryDirectory(prefix="valkey-") as folder:
        valkey = EmbeddedValkey(Path(folder), append_only=False)
        monkeypatch.setattr(app.conf, "broker_url", addresses.broker_url(addresses.redis_url(Path(folder))))
        heard = []
        for is_rung_while_away in (False, True):
            valkey.start()
            monkeypatch.setattr(bell, "_silent_until", 0.0)
            heard.append(bell.ring_bell())
            valkey.stop()
            heard.append(bell.ring_bell() if is_rung_while_away else None)
        valkey.start()
        monkeypatch.setattr(bell, "_silent_until", 0.0)
        heard.append(bell.ring_bell())
        valkey.stop()

    assert heard == [True, None, True, False, True]


def test_a_line_to_valkey_is_opened_once(db, monkeypatch):
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    bell.ring_bell()
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        before = valkey.info("stats")["total_connections_received"]

        assert all(bell.ring_bell() for _ in range(5))

        assert valkey.info("stats")["total_connections_received"] == before


@pytest.mark.django_db(transaction=True)
def test_a_transaction_rings_once_however_much_it_writes(monkeypatch):
    rung = []
    monkeypatch.setattr(bell.current_app, "send_task", lambda task, **_: rung.append(task))
    monkeypatch.setattr(bell, "_silent_until", 0.0)

    with transaction.atomic():
        for _ in range(3):
            bell.ring_after_commit()

    assert rung == [bell.DRAIN_TASK]


@pytest.mark.django_db(transaction=True)
def test_a_part_that_is_taken_back_does_not_take_the_bell_along(monkeypatch):
    rung = []
    monkeypatch.setattr(bell.current_app, "send_task", lambda task, **_: rung.append(task))
    monkeypatch.setattr(bell, "_silent_until", 0.0)

    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            bell.ring_after_commit()
            raise ZeroDivisionError
        bell.ring_after_commit()

    assert rung == [bell.DRAIN_TASK]
