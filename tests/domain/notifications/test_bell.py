import time
from contextlib import suppress

import pytest
import redis
from django.conf import settings
from django.db import transaction

from shop.celery import app
from shop.domain.notifications import bell
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


def test_a_kept_line_that_ended_is_no_reason_to_be_silent(db, monkeypatch):
    """Valkey was started anew since the last ring."""
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    assert bell.ring_bell() is True
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        before = valkey.llen("celery")
        valkey.client_kill_filter(_type="normal", skipme=True)

        assert bell.ring_bell() is True
        assert valkey.llen("celery") == before + 1


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


@pytest.mark.parametrize(("error", "tries"), [(redis.exceptions.TimeoutError(), 1), (redis.exceptions.ConnectionError(), 2)])
def test_a_valkey_that_is_silent_is_asked_once(monkeypatch, error, tries):
    asked = []

    def ask(_pool, task):
        asked.append(task)
        raise error

    monkeypatch.setattr(bell, "_silent_until", 0.0)
    monkeypatch.setattr(bell, "_ask", ask)

    assert bell.ring_bell() is False
    assert len(asked) == tries
