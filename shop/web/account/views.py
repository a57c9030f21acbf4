"""The way in: who am I here, and where may I go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shop.access.declare import EVERYBODY, access

PEOPLE = tuple(role for role in EVERYBODY if role != "anonymous")


@access(roles=PEOPLE)
def home(request: HttpRequest) -> HttpResponse:
    """A person's own page: the desks that are open to them, password and second factor."""
    return render(request, "account/home.html", {"actor": request.actor, "person": request.user})


@access(roles=PEOPLE)
def home_again(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Oscar's dashboard links to its own summary of an account."""
    return redirect("customer:profile-view")
