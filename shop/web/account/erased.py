"""/tai-khoan/da-xoa/: the last page of an account; it knows nobody any more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import EVERYBODY, access


@access(roles=EVERYBODY)
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done, and what was kept."""
    return render(request, "account/erased.html")
