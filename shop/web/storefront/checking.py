"""/xac-minh/: is this star true, was it on a given day, and how do we know."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_ext.placeholder_art import group_of
from shop.common import clock
from shop.domain.certificates.code_reading import read_typed_code, suggest_certificates
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.past import Act, PastDay, acts_on, recall_day
from shop.domain.certificates.queries import NoSuchCertificate, find_certificate, history_of
from shop.domain.certificates.state import CertificateView, view_of
from shop.domain.listings.models import Listing

from .cards import place_of, product_url
from .certificate_story import tell_story
from .complete_list import certificates_beside, complete_list
from .context import Shop
from .public_page import fresh_page, never_kept, public_page, render_for_all
from .seo import absolute, head_of

CODE = "ma"
DAY = "ngay"
LONGEST_CODE = 200
OK, NOT_FOUND = 200, 404


@dataclass(frozen=True)
class DayAsked:
    """A question about a day and its answer; no answer when the date cannot be read."""

    typed: str
    answer: PastDay | None


@public_page
def verify_entry(request: HttpRequest) -> HttpResponse:
    """The form; what is typed into it leads to the certificate's own address, and only the bare form is kept."""
    typed = request.GET.get(CODE, "").strip()[:LONGEST_CODE]
    code = read_typed_code(typed)
    if code:
        return HttpResponseRedirect(reverse("storefront:verify", kwargs={"code": code}))
    if typed:
        return never_kept(_unknown(request, typed))
    head = head_of(request, description=_("Kiểm tra một giấy chứng nhận OCOP bằng mã trên tem hoặc mã QR."))
    return render_for_all(request, "storefront/verify_entry.html", {"head": head})


@fresh_page
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The public check of one certificate, computed for this very visit."""
    meant = read_typed_code(code)
    if meant and meant != code:
        query = request.GET.urlencode()
        path = reverse("storefront:verify", kwargs={"code": meant})
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    try:
        certificate = find_certificate(code=code.replace("\x00", ""))
    except NoSuchCertificate:
        return _unknown(request, code)
    today = clock.today()
    view = view_of(certificate, today=today)
    acts = acts_on(certificate)
    head = head_of(request, description=_description(view), is_indexed=not view.is_sample and not request.GET)
    return render_for_all(
        request,
        "storefront/verify.html",
        {
            "head": head,
            "certificate": certificate,
            "view": view,
            "checked_at": clock.now(),
            "place": _place_of(certificate),
            "group": _group_name(certificate),
            "group_code": group_of(_criteria_set(certificate)),
            "source": source_of(certificate),
            "product_path": _product_path(certificate),
            "story": tell_story(certificate, recognitions=history_of(certificate), acts=acts),
            "complete": complete_list(view_of(each, today=today) for each in certificates_beside(certificate)),
            "asked": _day_asked(request, certificate, acts),
            "address": absolute(reverse("storefront:verify", kwargs={"code": view.code})),
        },
    )


@fresh_page
def label(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of labels to print, for valid certificates only; stopped ones show the void design."""
    try:
        certificate = find_certificate(code=read_typed_code(code))
    except NoSuchCertificate:
        return _unknown(request, code)
    view = view_of(certificate, today=clock.today())
    context = {
        "head": head_of(request, is_indexed=False),
        "view": view,
        "labels": range(10 if view.is_valid else 1),
    }
    return render_for_all(request, "storefront/label.html", context, status=200 if view.is_valid else 410)


def source_of(certificate: Certificate) -> dict[str, object]:
    """Say which file and row a certificate was read from."""
    run = certificate.import_run
    return {
        "text": certificate.decision.source,
        "file": run.file_name if run else "",
        "sheet": certificate.source_sheet,
        "row": certificate.source_row,
    }


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    typed, today = code[:LONGEST_CODE].replace("\x00", ""), clock.today()
    is_code = bool(read_typed_code(typed))
    meant = [view_of(each, today=today) for each in suggest_certificates(typed, today=today)]
    context = {"head": head_of(request, is_indexed=False), "code": typed, "is_code": is_code, "meant": meant}
    # Words that lead somewhere are a search that worked; a code that is not there is not there.
    status = OK if meant and not is_code else NOT_FOUND
    return render_for_all(request, "storefront/verify_unknown.html", context, status=status)


def _day_asked(request: HttpRequest, certificate: Certificate, acts: list[Act]) -> DayAsked | None:
    typed = request.GET.get(DAY, "").strip()[:LONGEST_CODE]
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return DayAsked(typed=typed, answer=None)
    return DayAsked(typed=typed, answer=recall_day(certificate, acts=acts, day=day))


def _place_of(certificate: Certificate) -> str:
    """The commune and the province of today; a household's street never stands on a public page."""
    return place_of(certificate.commune, certificate.province) or certificate.legacy_province


def _group_name(certificate: Certificate) -> str:
    if not _criteria_set(certificate):
        return ""
    code = group_of(_criteria_set(certificate))
    return next((group.short_name for group in Shop().groups if group.code == code), "")


def _criteria_set(certificate: Certificate) -> int | None:
    """As printed, else as the product was judged to belong."""
    return certificate.criteria_set or (certificate.product.criteria_set if certificate.product else None)


def _product_path(certificate: Certificate) -> str:
    live = certificate.product is not None and certificate.listing_state == Listing.State.LIVE
    return product_url(certificate.product) if live and not certificate.product.is_alcohol else ""


def _description(view: CertificateView) -> str:
    return _("Giấy chứng nhận OCOP %(stars)s sao %(code)s của %(product)s, %(producer)s.") % {
        "stars": view.stars,
        "code": view.code,
        "product": view.product_name,
        "producer": view.producer_name,
    }
