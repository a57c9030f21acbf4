"""Says in a header how many statements an answer took, when a header asks for it; only in the settings of the bench."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

ASKED, COUNTED = "X-Count-Statements", "X-Statements"


class StatementCounter:
    """The outermost middleware, so that what the others ask is counted as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ASKED not in request.headers:
            return self.get_response(request)
        count = Count()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response.headers[COUNTED] = str(count.statements)
        return response


class Count:
    """Counts what goes to the database, savepoints and locks too."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:  # noqa: FBT001  Django's signature
        self.statements += 1
        return execute(sql, params, many, context)
