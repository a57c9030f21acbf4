"""What messages about orders and parcels say: read when they are sent, from the rows their ids name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.common.clock import SHOP_TIME_ZONE
from shop.common.phone import format_phone
from shop.domain.certificates.models import CertificateEvent
from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.rendering import absolute_url
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.vouchers.queries import code_of_order
from shop.oscar_forks.order.models import Line, Order
from shop.oscar_forks.partner.models import Partner

from . import messages
from .links import tracking_token
from .refund_accounts import SENT_BY_HAND, account_of_order, wants_account

CASH_ON_DELIVERY = "cod"
COMING = frozenset({Parcel.Status.PENDING, Parcel.Status.TO_CONFIRM, Parcel.Status.PACKING, Parcel.Status.SHIPPED})


@dataclass(frozen=True)
class LetterLine:
    """One line of a parcel as the buyer bought it: star and certificate are those of the sale."""

    title: str
    # An English letter keeps the Vietnamese title of what nobody has translated, and says so to screen readers.
    is_title_vietnamese: bool
    unit: str
    is_unit_vietnamese: bool
    quantity: int
    total_vnd: int
    stars: int | None
    certificate_code: str
    is_sample: bool
    check_url: str

    @property
    def star_signs(self) -> str:
        """Four of five: ★★★★☆."""
        return "★" * (self.stars or 0) + "☆" * (5 - (self.stars or 0))


@dataclass(frozen=True)
class LetterParcel:
    """One parcel with its lines; a letter never shows the parcel of somebody else."""

    parcel: Parcel
    producer_name: str
    lines: tuple[LetterLine, ...]

    @property
    def is_coming(self) -> bool:
        """Whether there is a delivery to announce."""
        return self.parcel.deliver_until is not None and self.parcel.status in COMING


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(messages.ORDER_PLACED, title=_("Đã đặt hàng, gửi người mua"), build_context=order_letter)
    register_kind(messages.ORDER_PLACED_PRODUCER, title=_("Kiện hàng mới, gửi chủ thể"), build_context=producer_letter)
    register_kind(messages.ORDER_AWAITS_PAYMENT, title=_("Đơn chờ thanh toán"), build_context=order_letter)
    register_kind(messages.ORDER_PAID, title=_("Đã nhận tiền của đơn"), build_context=order_letter)
    register_kind(messages.ORDER_EXPIRED, title=_("Đơn hết hạn trả tiền"), build_context=order_letter)
    register_kind(messages.REFUND_STARTED, title=_("Đang hoàn tiền"), build_context=refund_letter)
    register_kind(messages.REFUND_PAID, title=_("Đã hoàn tiền"), build_context=refund_letter)
    register_kind(messages.REFUND_CALLED_OFF, title=_("Không hoàn nữa vì ngân hàng đã trả"), build_context=refund_letter)
    register_kind(messages.PARCEL_CONFIRMED, title=_("Kiện được xác nhận"), build_context=parcel_letter)
    register_kind(messages.PARCEL_SHIPPED, title=_("Kiện đã gửi đi"), build_context=parcel_letter)
    register_kind(messages.PARCEL_DELIVERED, title=_("Kiện đã giao"), build_context=parcel_letter)
    register_kind(messages.PARCEL_DECLINED, title=_("Kiện bị từ chối"), build_context=parcel_letter)
    register_kind(messages.PARCEL_CANCELLED, title=_("Kiện đã huỷ, gửi người mua"), build_context=parcel_letter)
    register_kind(messages.PARCEL_CANCELLED_PRODUCER, title=_("Kiện đã huỷ, gửi chủ thể"), build_context=producer_letter)
    register_kind(messages.PARCEL_TURNED_BACK, title=_("Kiện không giao được, gửi người mua"), build_context=parcel_letter)
    register_kind(
        messages.PARCEL_TURNED_BACK_PRODUCER, title=_("Kiện không giao được, gửi chủ thể"), build_context=producer_letter
    )
    register_kind(messages.PARCEL_LOST, title=_("Kiện thất lạc, gửi người mua"), build_context=parcel_letter)
    register_kind(messages.PARCEL_LOST_PRODUCER, title=_("Kiện thất lạc, gửi chủ thể"), build_context=producer_letter)
    register_kind(messages.PARCEL_ON_HOLD, title=_("Kiện tạm giữ"), build_context=stop_letter)
    register_kind(messages.PARCEL_RESUMED, title=_("Kiện được gửi tiếp"), build_context=stop_letter)
    register_kind(messages.PARCEL_RELEASED, title=_("Kiện được cho gửi tiếp"), build_context=parcel_letter)
    register_kind(messages.PARCEL_WAITS_FOR_PRODUCER, title=_("Kiện chờ vì chủ thể bị dừng"), build_context=parcel_letter)
    register_kind(messages.PARCEL_RECALLED, title=_("Thu hồi sản phẩm, gửi người mua"), build_context=stop_letter)


def order_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """The whole order, parcel by parcel, for its buyer."""
    order = Order.objects.select_related("shipping_address__commune__province").filter(pk=payload["order_id"]).first()
    if order is None:
        raise NothingToTell(payload)
    parcels = order.parcels.select_related("producer__profile").order_by("pk")
    return _about_order(order) | {"parcels": [_letter_parcel(parcel) for parcel in parcels]}


def refund_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """Money on its way back, for the buyer: how it goes, and what is missing for it."""
    found = Refund.objects.select_related("order__shipping_address", "parcel", "payment")
    refund = found.filter(pk=payload["refund_id"]).first()
    if refund is None:
        raise NothingToTell(payload)
    order = refund.order
    goes_by_hand = refund.payment.method in SENT_BY_HAND or wants_account(order=order)
    path = reverse("storefront:refund_account", args=[order.number, tracking_token(order)])
    return _about_order(order) | {
        "refund": refund,
        "parcel": refund.parcel,
        "goes_by_hand": goes_by_hand,
        "account": account_of_order(order_id=order.pk) if goes_by_hand else None,
        "account_url": absolute_url(path),
    }


def parcel_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """One parcel for its buyer, with the secret link to the order."""
    parcel = _find_parcel(payload)
    return _about_order(parcel.order) | {"parcel": _letter_parcel(parcel), "address": parcel.ship_to}


def producer_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """One parcel for its producer, with the link to the desk; who the buyer is stands there, behind the log-in."""
    parcel = _find_parcel(payload)
    return {
        "parcel": _letter_parcel(parcel),
        "place": parcel.ship_to.province.name if parcel.ship_to.province else "",
        "is_cash_on_delivery": parcel.order.payment_method == CASH_ON_DELIVERY,
        "desk_url": absolute_url(reverse("producer_desk:parcel", args=[parcel.pk])),
    }


def stop_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:
    """One parcel for its buyer, and what the office did to a certificate in it."""
    event = CertificateEvent.objects.select_related("certificate__decision").filter(pk=payload["event_id"]).first()
    if event is None:
        raise NothingToTell(payload)
    return parcel_letter(payload, today=today) | {
        "stopped_product": event.certificate.product_name,
        "certificate_code": event.certificate.code,
        "stop_reason": event.detail.get("reason", ""),
        "stop_decision": event.detail.get("decision_number", ""),
    }


def tracking_url(order: Order) -> str:
    """Return the buyer's secret link to the order, in the language that is active."""
    return absolute_url(reverse("storefront:order_tracking", args=[order.number, tracking_token(order)]))


def _about_order(order: Order) -> dict[str, Any]:
    discount_vnd = sum(parcel.discount_vnd for parcel in order.parcels.all())
    return {
        "order": order,
        "buyer_phone": format_phone(order.buyer_phone),
        "goods_vnd": order.total_incl_tax - order.shipping_incl_tax + discount_vnd,
        "discount_vnd": discount_vnd,
        "voucher_code": code_of_order(order_id=order.pk) if discount_vnd else "",
        "address": order.shipping_address,
        "tracking_url": tracking_url(order),
        "again_url": absolute_url(reverse("storefront:order_again_by_link", args=[order.number, tracking_token(order)])),
        "due_vnd": sum(parcel.total_vnd for parcel in order.parcels.all() if parcel.status in COMING),
        "paid_vnd": sum(payment.captured_vnd for payment in order.payments.all()),
        "is_cash_on_delivery": order.payment_method == CASH_ON_DELIVERY,
    }


def _find_parcel(payload: dict[str, Any]) -> Parcel:
    parcels = Parcel.objects.select_related("order", "ship_to__commune__province", "producer__profile")
    parcel = parcels.filter(pk=payload["parcel_id"]).first()
    if parcel is None:
        raise NothingToTell(payload)
    return parcel


def _letter_parcel(parcel: Parcel) -> LetterParcel:
    lines = parcel.lines.select_related("certificate__decision").order_by("pk")
    return LetterParcel(
        parcel=parcel,
        producer_name=_producer_name(parcel.producer),
        lines=tuple(_letter_line(line, parcel) for line in lines),
    )


def _letter_line(line: Line, parcel: Parcel) -> LetterLine:
    is_english = _is_english()
    bought_on = parcel.created_at.astimezone(SHOP_TIME_ZONE).date()
    check_path = reverse("storefront:verify", args=[line.certificate_code]) if line.certificate_code else ""
    return LetterLine(
        title=(line.title_en if is_english else "") or line.title,
        is_title_vietnamese=is_english and not line.title_en,
        unit=(line.unit_en if is_english else "") or line.unit,
        is_unit_vietnamese=is_english and not line.unit_en,
        quantity=line.quantity,
        total_vnd=int(line.line_price_incl_tax),
        stars=line.stars,
        certificate_code=line.certificate_code,
        is_sample=bool(line.certificate and line.certificate.decision.is_sample),
        check_url=absolute_url(f"{check_path}?ngay={bought_on:%Y-%m-%d}") if check_path else "",
    )


def _producer_name(producer: Partner) -> str:
    return (producer.profile.name_en if _is_english() else "") or producer.name


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
