"""Orders: sums, goods and certificates stay as they are; who bought, and to which door it went, is blanked."""

from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from oscar.apps.order.models import OrderNote

from shop.domain.invoices.details import details_of
from shop.domain.invoices.models import OrderInvoice
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import BankTransfer
from shop.domain.returns.models import RefundAccount, ReturnPhoto, ReturnRequest, ReturnStep
from shop.domain.returns.queries import photo_content
from shop.oscar_forks.order.models import BillingAddress, Order, ShippingAddress

from ..person import Person
from ..place import Place, Row

# Commune and province (`line4`, `state`) stay: statistics count by them, and thousands live there.
ADDRESS = "title first_name last_name line1 line2 line3 postcode search_text"


def export_orders(person: Person) -> list[Row]:
    orders = (
        Order.objects.filter(pk__in=person.order_ids)
        .select_related("shipping_address__commune__province", "invoice", "refund_account")
        .prefetch_related("parcels__lines", "parcels__producer", "parcels__returns__steps", "parcels__returns__photos")
        .order_by("pk")
    )
    return [_order_row(order) for order in orders]


def erase_orders(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    orders = Order.objects.filter(pk__in=person.order_ids)
    ShippingAddress.objects.filter(order__in=orders).update(
        title="",
        first_name="",
        last_name="",
        line1="",
        line2="",
        line3="",
        postcode="",
        search_text="",
        phone_number="",
        notes="",
    )
    BillingAddress.objects.filter(order__in=orders).delete()
    OrderInvoice.objects.filter(order__in=orders).delete()
    OrderNote.objects.filter(order__in=orders).update(message="")
    # Why a parcel was called off is written by the buyer, or by a producer about the buyer.
    Parcel.objects.filter(order__in=orders).update(reason="")
    # Payers write their names into transfers.
    BankTransfer.objects.filter(payment__order__in=orders).update(memo="")
    _erase_returns(orders)
    orders.update(buyer_name="", buyer_phone="", guest_email="", network_key="")


def _erase_returns(orders: QuerySet[Order]) -> None:
    """The words of a return are about its buyer, its photos show their home; units and sums stay."""
    for photo in ReturnPhoto.objects.filter(request__parcel__order__in=orders):
        photo.file.delete(save=False)
        photo.delete()
    returns = ReturnRequest.objects.filter(parcel__order__in=orders)
    ReturnStep.objects.filter(request__in=returns).update(words="")
    RefundAccount.objects.filter(order__in=orders).delete()
    returns.update(words="", dispute="", decision="", return_tracking="")
    # A refusal without any word would be none.
    returns.exclude(refusal="").update(refusal="–")


def _order_row(order: Order) -> Row:
    address, invoice = order.shipping_address, getattr(order, "invoice", None)
    return {
        "number": order.number,
        "placed_at": order.date_placed,
        "status": order.status,
        "payment_method": order.payment_method,
        "total_vnd": int(order.total_incl_tax),
        "shipping_vnd": int(order.shipping_incl_tax),
        "discount_vnd": sum(parcel.discount_vnd for parcel in order.parcels.all()),
        "name": order.buyer_name,
        "phone": order.buyer_phone,
        "email": order.guest_email,
        "street": address.line1 if address else "",
        "commune": address.line4 if address else "",
        "province": address.state if address else "",
        "note": address.notes if address else "",
        "invoice": details_of(invoice).as_values() if invoice else None,
        "refund_account": _account_row(getattr(order, "refund_account", None)),
        "parcels": [_parcel_row(parcel) for parcel in order.parcels.all()],
    }


def _account_row(account: RefundAccount | None) -> Row | None:
    if account is None:
        return None
    return {"bank": account.bank_bin, "number": account.account_number, "holder": account.holder}


def _photo_row(photo: ReturnPhoto) -> Row:
    """The picture itself, as the shop keeps it; `sha256` says whether a copy is this one."""
    content = photo_content(photo)
    if content is None:
        return {"bytes": 0, "sha256": None, "jpeg_base64": None}
    return {"bytes": len(content), "sha256": sha256(content).hexdigest(), "jpeg_base64": b64encode(content).decode()}


def _return_row(back: ReturnRequest) -> Row:
    return {
        "at": back.asked_at,
        "state": back.state,
        "reason": back.reason,
        "amount_vnd": back.amount_vnd,
        "tracking_number": back.return_tracking,
        "photos": [_photo_row(photo) for photo in back.photos.all()],
        "steps": [{"at": step.at, "by": step.side, "state": step.state, "words": step.words} for step in back.steps.all()],
    }


def _parcel_row(parcel: Parcel) -> Row:
    return {
        "number": parcel.number,
        "producer": parcel.producer.name,
        "status": parcel.status,
        "tracking_number": parcel.tracking_number,
        "reason": parcel.reason,
        "total_vnd": parcel.total_vnd,
        "returns": [_return_row(back) for back in parcel.returns.all()],
        "lines": [
            {
                "title": line.title,
                "quantity": line.quantity,
                "unit_price_vnd": int(line.unit_price_incl_tax),
                "certificate": line.certificate_code,
                "stars": line.stars,
            }
            for line in parcel.lines.all()
        ],
    }


PLACES = (
    Place(
        name="orders",
        columns={
            "order_order": "buyer_name buyer_phone guest_email network_key",
            "order_shippingaddress": f"{ADDRESS} phone_number notes",
            "order_billingaddress": f"{ADDRESS} line4 state",
            "order_ordernote": "message",
            "invoices_orderinvoice": "company_name tax_code address email",
            "parcels_parcel": "reason",
            "payments_banktransfer": "memo",
            "returns_returnrequest": "words dispute refusal decision return_tracking",
            "returns_returnphoto": "file",
            "returns_returnstep": "words",
            "returns_refundaccount": "account_number holder",
        },
        export=export_orders,
        erase=erase_orders,
    ),
)
