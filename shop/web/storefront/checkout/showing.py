"""What the order form's template is given, in words."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.common.phone import mask_phone, normalise_phone
from shop.common.promises import RETURN_WINDOW_DAYS
from shop.common.templatetags.shop_format import vnd
from shop.domain.ordering.phone_codes import needs_no_code
from shop.domain.ordering.previewing import OrderPreview, facts_of
from shop.domain.payments.provider import PaymentRefusal
from shop.domain.payments.registry import PROVIDERS, offered_methods

from .draft import Draft
from .form import CheckoutForm
from .presenting import show_parcels
from .voucher import ShownVoucher
from .words import PAYMENT_ICONS, PAYMENT_REFUSALS, payment_name, payment_text


@dataclass(frozen=True)
class PaymentChoice:
    """One way to pay; `refusal` says why it cannot be chosen for this order."""

    method: str
    title: str
    text: str
    refusal: str
    is_chosen: bool
    # What can be mended (a smaller order, a code) stays to be chosen; for alcohol cash is not there at all.
    is_offered: bool = True

    @property
    def icon(self) -> str:
        """Its sign of the sprite; a way to pay that has none is money."""
        return PAYMENT_ICONS.get(self.method, "coin")


def form_page(
    preview: OrderPreview, draft: Draft, form: CheckoutForm, *, voucher: ShownVoucher, remark: str, user_id: int | None
) -> dict[str, object]:
    """Return the context of the order form."""
    phone = phone_of(draft)
    facts = facts_of(preview, buyer_phone=phone, phone_is_confirmed=needs_no_code(phone=phone, user_id=user_id))
    refusals = {method: PROVIDERS[method].refuse_order(order=facts) for method in offered_methods()}
    needs_phone = PaymentRefusal.PHONE_UNCONFIRMED in refusals.values() or voucher.uses_per_buyer
    return {
        "form": form,
        "preview": preview,
        "parcels": show_parcels(preview),
        "remark": remark,
        "former_answer": draft.place.former_answer,
        "former_error": draft.place.former_error,
        "chosen_address": draft.values.get("address", ""),
        "is_former_open": bool(draft.values["former"]),
        "amounts": amounts_of(preview),
        "payments": _choices(refusals, draft),
        "phone_to_confirm": mask_phone(phone) if phone and needs_phone else "",
        "voucher": voucher,
        "cod_limit_vnd": settings.COD_LIMIT_VND,
        "return_days": RETURN_WINDOW_DAYS,
    }


def amounts_of(preview: OrderPreview) -> list[dict[str, object]]:
    """Return the rows of the sum: goods, shipping once the place is known, and what a voucher takes off."""
    rows: list[dict[str, object]] = [{"label": _("Hàng"), "amount_vnd": preview.goods_vnd}]
    count = len(preview.parcels)
    words = ngettext("Giao hàng, %(count)d kiện", "Giao hàng, %(count)d kiện", count) % {"count": count}
    if preview.province is None:
        rows.append({"label": words, "text": _("chọn nơi nhận")})
    else:
        rows.append({"label": words, "amount_vnd": preview.shipping_vnd})
    if preview.discount is not None:
        label = _("Giảm giá, mã %(code)s") % {"code": preview.discount.voucher.code}
        rows.append({"label": label, "text": f"−{vnd(preview.discount_vnd)}", "kind": "ok"})
    return rows


def phone_of(draft: Draft) -> str:
    """The phone as it would stand on the order; nothing while it is not one."""
    try:
        return normalise_phone(draft.values["phone"])
    except ValidationError:
        return ""


def _choices(refusals: dict[str, PaymentRefusal | None], draft: Draft) -> list[PaymentChoice]:
    offered = [method for method, refusal in refusals.items() if refusal != PaymentRefusal.ALCOHOL]
    wanted = draft.values["payment"]
    chosen = wanted if wanted in offered else next(iter(offered), "")
    return [_choice(method, refusal, chosen) for method, refusal in refusals.items()]


def _choice(method: str, refusal: PaymentRefusal | None, chosen: str) -> PaymentChoice:
    return PaymentChoice(
        method=method,
        title=payment_name(method),
        text=payment_text(method),
        refusal=str(PAYMENT_REFUSALS[refusal]) if refusal else "",
        is_chosen=method == chosen,
        is_offered=refusal != PaymentRefusal.ALCOHOL,
    )
