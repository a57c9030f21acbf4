"""What the whole country reads is written by those who answer for the whole country."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from shop.access.declare import access
from shop.domain.people.models import Officer

from ..reach import OFFICE, officer_at

View = Callable[..., HttpResponse]


def answers_for_the_country(request: HttpRequest) -> bool:
    """Staff, and officers whose scope is everything."""
    officer = officer_at(request)
    return officer is None or officer.scope == Officer.Scope.ALL


def country_only(*, methods: Iterable[str] = ("GET",), writes: Iterable[str] = ()) -> Callable[[View], View]:
    """Declare a view of the office that an officer of one place does not find."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not answers_for_the_country(request):
                raise Http404
            return view(request, *args, **kwargs)

        return access(roles=OFFICE, methods=methods, writes=writes, owner="country")(guarded)

    return declare
