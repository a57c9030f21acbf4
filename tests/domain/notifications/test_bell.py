import time

import pytest

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
