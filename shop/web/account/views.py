"""The way in: who am I here, and where may I go."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.access.declare import EVERYBODY, access
from shop.domain.ordering.queries import orders_of

LATEST_ORDERS = 3
PEOPLE = tuple(role for role in EVERYBODY if role != "anonymous")
PRODUCER_ROLES = frozenset({"producer_owner", "producer_orders", "producer_listings", "producer_money"})
DESKS = (
    (PRODUCER_ROLES, _("Kênh chủ thể"), "producer_desk:home"),
    (frozenset({"officer"}), _("Văn phòng OCOP"), "office_desk:home"),
    (frozenset({"staff"}), _("Nhân viên"), "dashboard:index"),
)


@dataclass(frozen=True)
class Desk:
    """A place of work that a person's roles open."""

    name: str | Promise
    url: str


@access(roles=PEOPLE)
def home(request: HttpRequest) -> HttpResponse:
    """A person's own page: the desks that are open to them and their latest orders."""
    desks = [Desk(name, reverse(url)) for roles, name, url in DESKS if roles & request.actor.roles]
    orders = orders_of(user_id=request.user.pk, most=LATEST_ORDERS)
    return render(request, "account/home.html", {"person": request.user, "desks": desks, "orders": orders})


@access(roles=PEOPLE)
def home_again(request: HttpRequest) -> HttpResponse:
    """Oscar and allauth lead people to pages of theirs for what stands on this one."""
    return redirect("customer:profile-view")


@access(roles=PEOPLE)
def security_again(request: HttpRequest) -> HttpResponse:
    """Passkeys are listed on the page of security."""
    return redirect("mfa_index")
