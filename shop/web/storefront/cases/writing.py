"""/bao-sao-gia/ and /lien-he/: two forms into one queue of the office."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.common.phone import format_phone
from shop.domain.cases.links import status_token
from shop.domain.cases.models import Case
from shop.domain.cases.opening import open_case
from shop.domain.cases.queries import case_of_form
from shop.domain.certificates.code_reading import read_typed_code
from shop.domain.certificates.queries import NoSuchCertificate, find_certificate

from ..seo import head_of
from .forms import CaseForm, ContactForm, ReportForm
from .limits import CASES_PER_HOUR, HOUR, TOO_OFTEN, is_too_often

View = Callable[..., HttpResponse]
INVALID, TOO_MANY = 422, 429
LONGEST_GIVEN = 255


def form_page(view: View) -> View:
    """Declare a page for everybody with a form: its token is one visitor's, so no cache keeps it."""

    @wraps(view)
    def uncached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",))(uncached)


@form_page
def report(request: HttpRequest) -> HttpResponse:
    """Somebody doubts a star: on a label, in a shop, on the web."""
    given = {"code": _given(request, "ma"), "product_name": _given(request, "ten")}
    form = ReportForm(request.POST or None, initial=given)
    description = _("Báo cho văn phòng OCOP một dấu sao không có trong sổ đăng ký, hoặc dùng sai.")
    about = _certificate_meant(form["code"].value() or "")
    return _answer(request, form, "storefront/cases/report.html", description=description, certificate=about)


@form_page
def contact(request: HttpRequest) -> HttpResponse:
    """A question or a complaint."""
    order_number = _given(request, "don")[:32]
    about = {"order_number": order_number, "kind": Case.Kind.ORDER if order_number else Case.Kind.QUESTION}
    form = ContactForm(request.POST or None, initial=about | _contact_of(request))
    description = _("Hỏi hoặc khiếu nại với đơn vị vận hành Chợ OCOP.")
    return _answer(request, form, "storefront/cases/contact.html", description=description)


@form_page
def received(request: HttpRequest) -> HttpResponse:
    """What a robot sees after it has filled in the trap: thanks, and nothing was kept."""
    return render(request, "storefront/cases/received.html", {"head": head_of(request, is_indexed=False)})


def _answer(request: HttpRequest, form: CaseForm, template: str, *, description: str, **more: Any) -> HttpResponse:
    head = head_of(request, description=description, is_indexed=not request.GET)
    context = {
        "head": head,
        "form": form,
        "receipt_hours": settings.CASE_RECEIPT_HOURS,
        "answer_days": settings.CASE_ANSWER_DAYS,
        "contact_days": settings.CASE_CONTACT_DAYS,
        **more,
    }
    if request.method != "POST":
        return render(request, template, context)
    if form.is_a_robots:
        return HttpResponseRedirect(reverse("storefront:case_received"), status=303)
    if not form.is_valid():
        return render(request, template, context, status=INVALID)
    known = case_of_form(form.cleaned_data["form_key"])
    if known is None and is_too_often(request, what="cases", most=CASES_PER_HOUR):
        return _too_often(request, form, template, context)
    case = known or open_case(form_key=form.cleaned_data["form_key"], report=form.report, reporter=form.reporter, now=clock.now())
    return HttpResponseRedirect(_page_of(case), status=303)


def _page_of(case: Case) -> str:
    return reverse("storefront:case", kwargs={"number": case.number, "token": status_token(case)})


def _too_often(request: HttpRequest, form: CaseForm, template: str, context: dict[str, Any]) -> HttpResponse:
    form.add_error(None, TOO_OFTEN)
    response = render(request, template, context, status=TOO_MANY)
    response.headers["Retry-After"] = str(HOUR)
    return response


def _contact_of(request: HttpRequest) -> dict[str, str]:
    """What a person who is logged in need not type again; whether it may be used, they still say themselves."""
    person: Any = request.user
    if not person.is_authenticated:
        return {}
    phone = format_phone(person.phone) if person.phone else ""
    return {"name": person.get_full_name(), "email": person.email or "", "phone": phone}


def _given(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST_GIVEN]


def _certificate_meant(typed: str) -> Any:
    try:
        return find_certificate(code=read_typed_code(typed))
    except NoSuchCertificate:
        return None
