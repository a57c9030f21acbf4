"""The history on a check page: recognitions of the product and what was done to this certificate, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.common.dates import format_day
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates.acts import DOWNGRADED, EXTENDED, LIFTED, REVOKED, SUPERSEDED, SUSPENDED
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.past import Act


@dataclass(frozen=True)
class Chapter:
    """One line of the story; `url` leads to another certificate of the same product."""

    text: str
    note: str
    day: date
    url: str = ""


def tell_story(certificate: Certificate, *, recognitions: Sequence[Certificate], acts: Sequence[Act]) -> list[Chapter]:
    """Return the chapters, newest first."""
    chapters = [_recognition(each, is_this=each.pk == certificate.pk) for each in recognitions]
    chapters += [_act(act) for act in acts]
    if certificate.stopped_on and not any(act.action in (SUSPENDED, REVOKED) for act in acts):
        # An import or a sample says that it was stopped, and no officer did it here.
        chapters.append(_stop(certificate, certificate.stopped_on))
    # Turned round as a whole: of two acts on one day the later one stands above, too.
    return sorted(chapters, key=lambda chapter: chapter.day)[::-1]


def _recognition(certificate: Certificate, *, is_this: bool) -> Chapter:
    return Chapter(
        text=_("Công nhận %(stars)s sao") % {"stars": certificate.stars},
        note=certificate.decision.number,
        day=certificate.issued_on,
        url="" if is_this else reverse("storefront:verify", kwargs={"code": certificate.code}),
    )


def _stop(certificate: Certificate, day: date) -> Chapter:
    is_revoked = certificate.stored_state == Certificate.State.REVOKED
    note = ": ".join(part for part in (certificate.stop_decision, certificate.stop_reason) if part)
    return Chapter(text=_("Thu hồi") if is_revoked else _("Tạm đình chỉ"), note=note, day=day)


def _act(act: Act) -> Chapter:
    words = {
        SUSPENDED: _("Tạm đình chỉ"),
        LIFTED: _("Bỏ tạm đình chỉ"),
        REVOKED: _("Thu hồi"),
        SUPERSEDED: _("Được thay bằng giấy mới"),
    }
    if act.action == DOWNGRADED:
        text = _("Hạ từ %(old)s xuống %(new)s sao") % {"old": act.old["stars"], "new": act.new["stars"]}
    elif act.action == EXTENDED:
        until = date.fromisoformat(act.new["extended_until"])
        text = _("Gia hạn đến %(day)s") % {"day": format_day(until, page_language())}
    else:
        text = words[act.action]
    note = ": ".join(part for part in (act.decision_number, act.reason) if part)
    return Chapter(text=text, note=note, day=act.effective_on)
