"""The staff's door. Oscar's front page counts whole orders of everybody, so it is not used."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from shop.access.declare import EVERYBODY, access


@access(roles=["staff"])
def index(request: HttpRequest) -> HttpResponse:
    """What staff may do here: the categories, and where the pages of the shop are."""
    return render(request, "staff/index.html")


@access(roles=["anonymous"], methods=["GET", "POST"])
def go_to_login(request: HttpRequest) -> HttpResponse:
    """Every log-in address of Oscar and Django leads to the one that knows the second factor; a password sent is not read."""
    if request.user.is_authenticated:
        # Oscar sends staff without the permission here; asking them again would go round in circles.
        raise Http404
    query = urlencode({"next": request.GET["next"]}) if "next" in request.GET else ""
    return redirect(f"{reverse('account_login')}{'?' if query else ''}{query}")


@access(roles=EVERYBODY, methods=["GET", "POST"])
def go_to_logout(request: HttpRequest) -> HttpResponse:
    return redirect("account_logout")
