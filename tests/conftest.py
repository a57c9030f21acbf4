"""The stage every test stands on: real servers, one database per worker, and no shortcut past Celery.

`db`, `transactional_db`, `client`, `settings` come from pytest-django. Ours are in tests/fixtures:
`live_stack`, `celery_worker_process`, `mail_sink`, `browser`, `phone_page`, `desk_page`.
"""

import shutil
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from shop.common.bundling import write_bundles
from shop.common.messages import compile_messages, message_files
from tests.fixtures import cluster

pytest_plugins = [
    "tests.fixtures.processes",
    "tests.fixtures.mail",
    "tests.fixtures.stand_in",
    "tests.fixtures.browsing",
    "tests.axe",
]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """The first process of a run starts the servers; xdist's workers find them running."""
    config = session.config
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        write_bundles(settings.BASE_DIR / "static")
        for path in message_files():
            compile_messages(path)
        config.test_servers = cluster.start_servers(settings.RUN_DIR)


def pytest_unconfigure(config):
    """Whoever started the servers stops them and clears the folder."""
    if hasattr(config, "workerinput"):
        return
    for server in getattr(config, "test_servers", []):
        server.stop()
    shutil.rmtree(settings.RUN_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A database of this worker's own, copied from the migrated one."""
    cluster.make_database(settings.RUN_DIR, settings.DATABASES["default"]["NAME"])
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def copy_database_anew(self):
    """After a test that commits: a fresh copy is quicker than emptying each table, and forgets sequences too.

    Servers of `live_stack` that were connected find out at their next request and connect again.
    """
    connections.close_all()
    cluster.make_database(settings.RUN_DIR, settings.DATABASES["default"]["NAME"])


TransactionTestCase._fixture_teardown = copy_database_anew


@pytest.fixture(autouse=True)
def empty_valkey(request):
    """No cached page, counter or task of another test."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db", "client"} & set(request.fixturenames):
        with redis.Redis.from_url(settings.REDIS_URL) as valkey:
            valkey.flushdb()


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder manage.py is in."""
    return settings.BASE_DIR
