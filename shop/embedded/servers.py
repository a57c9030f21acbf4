"""Both servers for as long as a block of code runs."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from shop.embedded.postgres import EmbeddedPostgres
from shop.embedded.valkey import EmbeddedValkey


@contextmanager
def running_servers(var_dir: Path, *, postgres: bool = True, valkey: bool = True) -> Iterator[None]:
    """Start those servers that nobody runs yet, and stop at the end what was started here."""
    wanted = [EmbeddedPostgres(var_dir)] if postgres else []
    wanted += [EmbeddedValkey(var_dir)] if valkey else []
    with ExitStack() as started:
        for server in wanted:
            if not server.answers():
                server.start()
                started.callback(server.stop)
        yield
