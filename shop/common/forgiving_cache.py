"""A cache that is allowed to be away: pages get slower, never wrong, when Valkey does not answer."""

import logging
import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

logger = logging.getLogger(__name__)

# One page asks many times; after one vain question the others are not asked for so long.
SECONDS_OF_PATIENCE = 2.0


class KeptClient(RedisCacheClient):
    """Django's own makes a client of redis-py for each question, which costs more than the question."""

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:
        """Return the client of a server; each thread has a cache of its own, and so its own clients."""
        made = self.__dict__.setdefault("_made", {})
        if write not in made:
            made[write] = super().get_client(key, write=write)
        return made[write]

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return what there is of `keys`: the question of every visit, asked on a connection kept for it."""
        names = list(keys)
        found = zip(names, self._ask_many(names), strict=True)
        return {name: self._serializer.loads(value) for name, value in found if value is not None}

    def _ask_many(self, names: list[str]) -> list[bytes | None]:
        pool = self._get_connection_pool(write=False)
        # A process that was forked off must not speak on its parent's line.
        if self.__dict__.get("_pid") != os.getpid():
            self._pid, self._line = os.getpid(), pool.make_connection()
        try:
            self._line.send_command("MGET", *names)
            return self._line.read_response()
        except (NoConnection, NoAnswer):
            # Perhaps only this line is down, since Valkey was started anew: the ordinary way connects again.
            self._line.disconnect()
            return self.get_client(None).mget(names)


class ForgivingRedisCache(RedisCache):
    """Django's own; while Valkey is away it behaves like a cache that has just been emptied."""

    _away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient

    def add(self, key: str, *arguments: Any, **keywords: Any) -> bool:
        return self._ask(super().add, True, key, *arguments, **keywords)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def set(self, key: str, *arguments: Any, **keywords: Any) -> None:
        self._ask(super().set, None, key, *arguments, **keywords)

    def touch(self, key: str, *arguments: Any, **keywords: Any) -> bool:
        return self._ask(super().touch, False, key, *arguments, **keywords)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask(super().delete, False, key, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict:
        return self._ask(super().get_many, {}, keys, version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._ask(super().has_key, False, key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._ask(super().incr, delta, key, delta, version)

    def set_many(self, data: Any, *arguments: Any, **keywords: Any) -> list:
        return self._ask(super().set_many, [], data, *arguments, **keywords)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(super().delete_many, None, keys, version)

    def _ask(self, question: Callable[..., Any], answer_when_away: Any, *arguments: Any, **keywords: Any) -> Any:
        if time.monotonic() < self._away_until:
            return answer_when_away
        try:
            return question(*arguments, **keywords)
        except (NoConnection, NoAnswer) as error:
            logger.warning("Valkey does not answer; going on without a cache (%s)", type(error).__name__)
            self._away_until = time.monotonic() + SECONDS_OF_PATIENCE
            return answer_when_away
