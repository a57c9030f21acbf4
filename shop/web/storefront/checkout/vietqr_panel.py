"""What a buyer needs for a transfer: the code, and the same in words for whoever types it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shop.common.banks import bank_name
from shop.common.qr import qr_svg
from shop.domain.payments.models import Payment
from shop.domain.payments.providers.vietqr import METHOD, came_vnd_of, payload_of, reference_of


@dataclass(frozen=True)
class TransferPanel:
    """One transfer, ready for the page: of all, or of what is missing. `is_made_up`: a demonstration's account."""

    qr: SafeString
    bank: str
    account: str
    account_name: str
    amount_vnd: int
    came_vnd: int
    reference: str
    is_made_up: bool


def transfer_panel(payment: Payment | None, *, due_vnd: int) -> TransferPanel | None:
    """Return the panel of an attempt by transfer; None while there is none that asks for what is due."""
    if payment is None or payment.method != METHOD or payment.amount_vnd != due_vnd:
        return None
    came_vnd = came_vnd_of(payment)
    missing_vnd = max(due_vnd - came_vnd, 0)
    return TransferPanel(
        qr=qr_svg(payload_of(payment, amount_vnd=missing_vnd), "qr"),
        bank=_bank(),
        account=settings.VIETQR_ACCOUNT,
        account_name=settings.VIETQR_ACCOUNT_NAME,
        amount_vnd=missing_vnd,
        came_vnd=came_vnd,
        reference=reference_of(payment),
        is_made_up=settings.VIETQR_IS_MADE_UP,
    )


def _bank() -> str:
    if settings.VIETQR_IS_MADE_UP:
        return _("Ngân hàng trình diễn")
    return bank_name(settings.VIETQR_BANK_BIN) or _("ngân hàng có mã %(bin)s") % {"bin": settings.VIETQR_BANK_BIN}
