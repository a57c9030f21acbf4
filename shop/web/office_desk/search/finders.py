"""What can be looked for at the desk, one function per kind: each keeps to the officer's reach and asks two questions at most."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_ext.search.searching import matching as product_matching
from catalogue_ext.search.searching import read_words
from shop.common import clock
from shop.common.dates import format_moment
from shop.common.templatetags.shop_format import page_language
from shop.common.vietnamese import fold
from shop.domain.certificates.models import Decision
from shop.domain.certificates.office_search import Asked, search_for_office
from shop.domain.listings.models import Listing
from shop.domain.notifications.kinds import all_kinds
from shop.domain.notifications.queries import list_messages
from shop.domain.payments.models import Payment
from shop.domain.people.reach import within_reach
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.order.models import Order

from ..imports.queue import readable_imports
from ..reach import readable_certificates, readable_messages, readable_requests
from ..room import Hit, Hits

# Of each kind; the rest stands in its room.
SHOWN = 5


def find_certificates(request: HttpRequest, words: str) -> Hits:
    """Certificates by product, producer, place, decision or code, in any spelling."""
    found = search_for_office(readable_certificates(request), asked=Asked(text=words), today=clock.today())
    shown = found.certificates.select_related("decision")[:SHOWN]
    hits = [
        Hit(
            reverse("office_desk:certificate", args=[one.code]),
            one.product_name,
            ", ".join(part for part in (one.code, one.producer_name, one.decision.number) if part),
        )
        for one in shown
    ]
    more = f"{reverse('office_desk:certificates')}?{urlencode({'q': words})}"
    return Hits(_("Giấy chứng nhận"), "cert", hits, found.certificates.count(), more)


def find_producers(request: HttpRequest, words: str) -> Hits:
    """Producers by name."""
    found = ProducerProfile.objects.filter(within_reach(actor=request.actor), *_each(words, "folded_name__contains"))
    shown = found.select_related("producer", "province").order_by("folded_name")[:SHOWN]
    hits = [
        Hit(
            reverse("office_desk:producer", args=[one.pk]),
            one.producer.name,
            one.province.name if one.province else "",
        )
        for one in shown
    ]
    more = f"{reverse('office_desk:producers')}?{urlencode({'q': words})}"
    return Hits(_("Chủ thể"), "store", hits, found.count(), more)


def find_listings(request: HttpRequest, words: str) -> Hits:
    """Products of the shop by what they are called, on the shelf or not."""
    typed = read_words(words)
    named = Q(*_each(words, "certificate__search_text__contains"))
    named = named | product_matching(typed, prefix="product__") if typed else named
    found = Listing.objects.filter(within_reach(actor=request.actor, prefix="producer__profile__"), named)
    shown = found.select_related("product", "producer").order_by("product__title", "pk")[:SHOWN]
    hits = [Hit(one.product.get_absolute_url(), one.product.title, one.producer.name) for one in shown]
    return Hits(_("Sản phẩm"), "box", hits, found.count())


def find_decisions(request: HttpRequest, words: str) -> Hits:
    """Recognition decisions by number, or by the authority that signed them."""
    own = Decision.objects.filter(certificates__in=readable_certificates(request))
    for word in words.split():
        own = own.filter(Q(number__icontains=word.upper().replace("QD-", "QĐ-")) | Q(authority__icontains=word))
    found = own.distinct().order_by("-signed_on", "-pk")
    hits = [
        Hit(f"{reverse('office_desk:certificates')}?{urlencode({'qd': one.number})}", one.number, one.authority)
        for one in found[:SHOWN]
    ]
    return Hits(_("Quyết định"), "list", hits, found.count())


def find_requests(request: HttpRequest, words: str) -> Hits:
    """Acts that needed a second officer, by certificate or reason."""
    found = readable_requests(request)
    for word in words.split():
        found = found.filter(
            Q(certificate__code__icontains=word) | Q(certificate__search_text__contains=fold(word)) | Q(reason__icontains=word)
        )
    shown = found.select_related("certificate").order_by("-requested_at")[:SHOWN]
    hits = [
        Hit(
            reverse("office_desk:approval", args=[one.pk]),
            one.certificate.code if one.certificate else _("Thay đổi hàng loạt"),
            one.reason,
        )
        for one in shown
    ]
    return Hits(_("Việc cần hai cán bộ"), "check", hits, found.count(), reverse("office_desk:approvals"))


def find_imports(request: HttpRequest, words: str) -> Hits:
    """Imported lists by the name of their file."""
    found = readable_imports(request)
    for word in words.split():
        found = found.filter(file_name__icontains=word)
    hits = [
        Hit(reverse("office_desk:import", args=[one.pk]), one.file_name, format_moment(one.uploaded_at, page_language()))
        for one in found.order_by("-uploaded_at", "-pk")[:SHOWN]
    ]
    return Hits(_("Nhập danh sách"), "up", hits, found.count(), reverse("office_desk:imports"))


def find_messages(request: HttpRequest, words: str) -> Hits:
    """Messages by order, recipient or subject, as far as this desk may read them."""
    found = list_messages(messages=readable_messages(request), state="", words=words)
    titles = {kind.name: str(kind.title) for kind in all_kinds()}
    hits = [
        Hit(
            reverse("office_desk:message", args=[one.pk]),
            titles.get(one.kind, one.kind),
            one.recipient,
            is_vietnamese=False,
        )
        for one in found[:SHOWN]
    ]
    more = f"{reverse('office_desk:messages')}?{urlencode({'q': words})}"
    return Hits(_("Tin nhắn"), "mail", hits, found.count(), more)


def find_orders(request: HttpRequest, words: str) -> Hits | None:
    """Orders by their whole number, for staff alone: officers answer for producers, not for buyers."""
    if "staff" not in request.actor.roles:
        return None
    found = Order.objects.filter(number__iexact=words)
    messages = reverse("office_desk:messages")
    hits = []
    for one in found[:SHOWN]:
        hits.append(Hit(f"{messages}?{urlencode({'q': one.number})}", one.number, _("Tin nhắn của đơn này"), is_vietnamese=False))
        paper = reverse("office_desk:order_pdf", args=[one.number])
        hits.append(Hit(paper, one.number, _("Phiếu đặt hàng, tệp PDF"), is_vietnamese=False))
        if Payment.objects.filter(order=one, captured_vnd__gt=0).exists():
            receipt = reverse("office_desk:receipt_pdf", args=[one.number])
            hits.append(Hit(receipt, one.number, _("Biên nhận, tệp PDF"), is_vietnamese=False))
    return Hits(_("Đơn hàng"), "cart", hits, len(found))


def _each(words: str, lookup: str) -> list[Q]:
    return [Q(**{lookup: word}) for word in fold(words).split()]
