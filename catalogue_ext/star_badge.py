"""The words of the star badge: state as icon, class and text, and the full sentence for those who do not see it.

A star is a claim, so every size of the badge says its year, its last day and where to check it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from shop.common.dates import format_day
from shop.domain.certificates.state import CertificateView, LiveState

DAYS_COUNTED_SINGLY = 90
DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True)
class BadgeWords:
    """One state in words: for the narrow, the middle and the wide card, and for the certificate panel."""

    css_class: str
    icon: str
    narrow: str
    middle: str
    wide: str
    full: str
    day: date


def badge_words(certificate: CertificateView) -> BadgeWords:
    """Return the words of the state `certificate` is in today."""
    return _WORDS[certificate.state](certificate)


def badge_sentence(certificate: CertificateView, language: str) -> str:
    """Return what a screen reader says for a badge of any size, without the call to action."""
    words = badge_words(certificate)
    sentence = gettext("OCOP %(stars)s sao, năm %(year)s, %(state)s %(day)s.") % {
        "stars": certificate.stars,
        "year": certificate.year,
        "state": words.full[:1].lower() + words.full[1:],
        "day": format_day(words.day, language),
    }
    return f"{gettext('Dữ liệu mẫu.')} {sentence}" if certificate.is_sample else sentence


def time_left(certificate: CertificateView) -> str:
    """Return «Còn 46 ngày» within 90 days of the end, «Còn 1 năm 8 tháng» before that."""
    days = certificate.days_left
    if days == 0:
        return gettext("Hôm nay là ngày cuối")
    if days <= DAYS_COUNTED_SINGLY:
        return ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", days) % {"days": days}
    years, months = divmod(int(days / DAYS_PER_MONTH), 12)
    parts = []
    if years:
        parts.append(ngettext("%(years)s năm", "%(years)s năm", years) % {"years": years})
    if months:
        parts.append(ngettext("%(months)s tháng", "%(months)s tháng", months) % {"months": months})
    return gettext("Còn %(time)s") % {"time": " ".join(parts)}


def check_path(certificate: CertificateView) -> str:
    """Return the path of the public check page, in the language of the page."""
    return reverse("storefront:verify", kwargs={"code": certificate.code})


def _valid(certificate: CertificateView) -> BadgeWords:
    return BadgeWords(
        css_class="is-ok",
        icon="check",
        narrow=pgettext("badge, narrow", "Đến"),
        middle=gettext("Hiệu lực đến"),
        wide=gettext("Còn hiệu lực đến"),
        full=gettext("Còn hiệu lực đến"),
        day=certificate.valid_until,
    )


def _expiring(certificate: CertificateView) -> BadgeWords:
    return BadgeWords(
        css_class="is-soon",
        icon="clock",
        narrow=pgettext("badge, narrow", "Sắp hết"),
        middle=gettext("Sắp hết hạn:"),
        wide=gettext("Sắp hết hạn:"),
        full=gettext("Sắp hết hạn – còn hiệu lực đến"),
        day=certificate.valid_until,
    )


def _extended(certificate: CertificateView) -> BadgeWords:
    return BadgeWords(
        css_class="is-ext",
        icon="extend",
        narrow=pgettext("badge, narrow", "Gia hạn"),
        middle=gettext("Gia hạn đến"),
        wide=gettext("Được gia hạn đến"),
        full=gettext("Được gia hạn – còn hiệu lực đến"),
        day=certificate.ends_on,
    )


def _expired(certificate: CertificateView) -> BadgeWords:
    # The last valid day is inclusive, so what is over is over from the day after.
    return BadgeWords(
        css_class="is-exp",
        icon="x",
        narrow=pgettext("badge, narrow", "Hết hạn"),
        middle=gettext("Hết hiệu lực"),
        wide=gettext("Hết hiệu lực từ"),
        full=gettext("Hết hiệu lực từ"),
        day=certificate.ends_on + timedelta(days=1),
    )


def _suspended(certificate: CertificateView) -> BadgeWords:
    return BadgeWords(
        css_class="is-sus",
        icon="pause",
        narrow=pgettext("badge, narrow", "Dừng từ"),
        middle=gettext("Tạm đình chỉ"),
        wide=gettext("Tạm đình chỉ từ"),
        full=gettext("Tạm đình chỉ từ"),
        day=certificate.stopped_on or certificate.ends_on,
    )


def _revoked(certificate: CertificateView) -> BadgeWords:
    return BadgeWords(
        css_class="is-rev",
        icon="ban",
        narrow=pgettext("badge, narrow", "Thu hồi"),
        middle=gettext("Đã thu hồi"),
        wide=gettext("Đã thu hồi"),
        full=gettext("Đã thu hồi ngày"),
        day=certificate.stopped_on or certificate.ends_on,
    )


_WORDS = {
    LiveState.VALID: _valid,
    LiveState.EXPIRING: _expiring,
    LiveState.EXTENDED: _extended,
    LiveState.EXPIRED: _expired,
    LiveState.SUSPENDED: _suspended,
    LiveState.REVOKED: _revoked,
}
