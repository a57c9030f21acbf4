"""Django's backend, save that a statement with more values than PostgreSQL takes beside one has them in its text."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import ClientCursor

# The protocol counts them in sixteen bits.
MOST_VALUES = 65_535


class Cursor(base.ServerBindingCursor):
    """Sends values beside the statement, as many as fit there."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        """Run one statement."""
        if params is not None and len(params) > MOST_VALUES:
            return super().execute(self.mogrify(query, params), **options)
        return super().execute(query, params, **options)

    def mogrify(self, query: Any, params: Any = None) -> str:
        """Return a statement with its values in its text."""
        return ClientCursor(self.connection).mogrify(query, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens connections whose cursors are ours."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what a connection is opened with."""
        return {**super().get_connection_params(), "cursor_factory": Cursor}
