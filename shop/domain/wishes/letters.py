"""What those who wait are written: one letter that asks a guest for a confirmation, one that says it is back."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.domain.certificates.state import view_of
from shop.domain.consents.links import make_link
from shop.domain.consents.models import Purpose
from shop.domain.consents.recording import person, stock_notice
from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import refusal_of
from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url

from .links import make_confirmation_link
from .models import StockNotice

STOCK_NOTICE_CONFIRM = "stock_notice_confirm"
STOCK_NOTICE = "stock_notice"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(
        STOCK_NOTICE_CONFIRM,
        title=_("Xác nhận muốn được báo khi có hàng"),
        build_context=confirmation_letter,
        holds_secret=True,
    )
    register_kind(STOCK_NOTICE, title=_("Sản phẩm có hàng trở lại"), build_context=notice_letter)


def post_confirmation(*, notice: StockNotice, now: datetime) -> None:
    """Ask a guest whether it was they who left this address."""
    _tell(notice, kind=STOCK_NOTICE_CONFIRM, email=notice.email, phone=notice.phone, language=notice.language, now=now)


def post_notice(*, notice: StockNotice, now: datetime) -> bool:
    """Say once that the product is back; false when there is no way to say it."""
    user = notice.user
    if user is None:
        return _tell(notice, kind=STOCK_NOTICE, email=notice.email, phone=notice.phone, language=notice.language, now=now)
    return _tell(notice, kind=STOCK_NOTICE, email=user.email, phone=user.phone, language=user.language, now=now)


def confirmation_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """The link that confirms a request."""
    notice = _find(payload)
    if notice.state != StockNotice.State.UNCONFIRMED:
        raise NothingToTell(payload)
    token = make_confirmation_link(notice_id=notice.pk)
    return _about_product(_listing_of(notice)) | {
        "confirm_url": absolute_url(reverse("storefront:confirm_stock_notice", args=[token]))
    }


def notice_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:
    """The product as it stands when the letter is written: its star is shown only while it is true."""
    notice = _find(payload)
    listing = _listing_of(notice)
    if refusal_of(listing, today=today) is not None or listing.certificate is None:
        raise NothingToTell(payload)
    subject = stock_notice(notice.pk) if notice.user_id is None else person(notice.user_id)
    token = make_link(subject=subject, purpose=Purpose.BACK_IN_STOCK)
    return _about_product(listing) | {
        "certificate": view_of(listing.certificate, today=today),
        "price_vnd": listing.price_from_vnd,
        "stop_url": absolute_url(reverse("storefront:stop_messages", args=[token])),
    }


def _tell(notice: StockNotice, *, kind: str, email: str | None, phone: str | None, language: str, now: datetime) -> bool:
    return tell(
        key=f"{kind}:{notice.pk}",
        kind=kind,
        email=email,
        phone=phone,
        language=language,
        payload={"notice_id": notice.pk},
        now=now,
    )


def _find(payload: dict[str, Any]) -> StockNotice:
    notice = StockNotice.objects.select_related("product").filter(pk=payload["notice_id"]).first()
    if notice is None:
        raise NothingToTell(payload)
    return notice


def _listing_of(notice: StockNotice) -> Listing:
    return Listing.objects.select_related("product", "certificate__decision", "certificate__province", "producer__profile").get(
        product=notice.product.parent_id or notice.product_id
    )


def _about_product(listing: Listing) -> dict[str, Any]:
    product = listing.product
    is_english = (get_language() or "").startswith("en")
    if product.is_alcohol:
        raise NothingToTell(product.pk)
    return {
        "title": (product.title_en if is_english else "") or product.title,
        "is_title_vietnamese": is_english and not product.title_en,
        "product_url": absolute_url(product.get_absolute_url()),
    }
