"""Whether this process answers, and whether the shop behind it can serve."""

from collections.abc import Callable
from datetime import timedelta

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.notifications.delivery import oldest_unsent_age
from shop.domain.payments.inbox import oldest_unprocessed_age

# The scheduler sweeps every 30 seconds: a message this old means that nobody sends, or that a channel is broken.
OLDEST_UNSENT = timedelta(minutes=5)
# What a provider reported is done within seconds.
OLDEST_UNPROCESSED = timedelta(minutes=5)
OK = "ok"


@access(roles=EVERYBODY)
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@access(roles=EVERYBODY)
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Every part the shop needs, each with "ok" or the reason why not; 503 when one is missing."""
    parts = {name: check() for name, check in CHECKS.items()}
    if parts["database"] != OK:
        # Each of these would wait once more for a server that is away, longer than a monitor does.
        parts |= dict.fromkeys(ASK_THE_DATABASE, "not asked: the database does not answer")
    else:
        parts |= {name: check() for name, check in ASK_THE_DATABASE.items()}
    ready = set(parts.values()) == {OK}
    return JsonResponse({"ready": ready, "checks": parts}, status=200 if ready else 503)


def check_database() -> str:
    """The database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"the database does not answer ({type(error).__name__})"
    return OK


def check_valkey() -> str:
    """Valkey answers a ping."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    try:
        client.ping()
    except redis.RedisError as error:
        return f"Valkey does not answer ({type(error).__name__})"
    finally:
        client.close()
    return OK


def check_migrations() -> str:
    """The database has the shape this code was written for."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"the migrations cannot be read ({type(error).__name__})"
    return f"{len(waiting)} migrations are not applied" if waiting else OK


def check_outbox() -> str:
    """Messages leave."""
    try:
        age = oldest_unsent_age(now=clock.now())
    except DatabaseError as error:
        return f"the outbox cannot be read ({type(error).__name__})"
    if age is None or age < OLDEST_UNSENT:
        return OK
    return f"the oldest unsent message waits for {int(age.total_seconds())} seconds"


def check_webhooks() -> str:
    """What providers report is done."""
    try:
        age = oldest_unprocessed_age(now=clock.now())
    except DatabaseError as error:
        return f"the inbox cannot be read ({type(error).__name__})"
    if age is None or age < OLDEST_UNPROCESSED:
        return OK
    return f"the oldest unprocessed webhook waits for {int(age.total_seconds())} seconds"


CHECKS: dict[str, Callable[[], str]] = {"database": check_database, "valkey": check_valkey}
ASK_THE_DATABASE: dict[str, Callable[[], str]] = {
    "migrations": check_migrations,
    "outbox": check_outbox,
    "webhooks": check_webhooks,
}
