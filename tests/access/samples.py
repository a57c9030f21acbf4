"""For every address with something in it: somebody's own object, another one's, and one that is not there.

A new address with an argument needs a line here, or the walk fails and says so.
"""

from typing import Any

from shop.domain.cases.links import status_token
from shop.domain.ordering.links import tracking_token

from .world import World

MISSING = 987_654_321


def arguments_of(name: str, world: World) -> dict[str, dict[str, Any]]:
    """Arguments for `own`, `other` and `none` of an address; `other` is left out where everybody may see everything."""
    return SAMPLES[name](world)


def _tenants(argument: str, key: str):
    def sample(world: World) -> dict[str, dict[str, Any]]:
        return {
            "own": {argument: world.own[key].pk},
            "other": {argument: world.other[key].pk},
            "none": {argument: MISSING},
        }

    return sample


def _public(own, none):
    def sample(world: World) -> dict[str, dict[str, Any]]:
        return {"own": own(world.own), "none": none}

    return sample


def _missing(argument: str):
    return lambda world: {"none": {argument: MISSING}}  # noqa: ARG005


_category = _public(lambda own: {"pk": own["category"].pk}, {"pk": MISSING})
_page = _public(lambda own: {"slug": own["page"].slug}, {"slug": "khong-co"})
_page_version = _public(lambda own: {"slug": own["page"].slug, "number": 1}, {"slug": "giao-hang", "number": MISSING})
_code = _public(lambda own: {"code": own["certificate"].code}, {"code": "XX-2020-00000"})
_import = _public(lambda own: {"run": own["import"].pk}, {"run": MISSING})
_import_row = _public(
    lambda own: {"run": own["import"].pk, "row": own["import"].rows.first().pk}, {"run": MISSING, "row": MISSING}
)
_message = _public(lambda own: {"message": own["message"].pk}, {"message": MISSING})
_act_request = _public(lambda own: {"act_request": own["act_request"].pk}, {"act_request": MISSING})
_entry = _public(lambda own: {"entry": own["entry"].pk}, {"entry": MISSING})


def _order(world: World) -> dict[str, dict[str, Any]]:
    # An order is its link's: another order's token opens nothing.
    number, other = world.own["order"].number, world.other["order"]
    return {
        "own": {"number": number, "token": tracking_token(world.own["order"])},
        "other": {"number": number, "token": tracking_token(other)},
        "none": {"number": "OC-KHONGCO1", "token": "a" * 43},
    }


def _cancelled_parcel(world: World) -> dict[str, dict[str, Any]]:
    order, other = world.own["order_to_spoil"], world.other["parcel"]
    link = {"number": order.number, "token": tracking_token(order)}
    return {"own": {**link, "parcel": order.parcels.get().pk}, "other": {**link, "parcel": other.pk}}


def _certificate_act(world: World) -> dict[str, dict[str, Any]]:
    own = world.own["certificate"].code
    return {
        "own": {"code": own, "act": "tam-dinh-chi"},
        "none": {"code": "XX-2020-00000", "act": "tam-dinh-chi"},
        "other": {"code": own, "act": "khong-co-viec-nay"},
    }


def _held_parcel(world: World) -> dict[str, dict[str, Any]]:
    code, parcel = world.own["certificate"].code, world.own["parcel"].pk
    return {"own": {"code": code, "parcel": parcel}, "other": {"code": code, "parcel": world.other["parcel"].pk}}


def _case(world: World) -> dict[str, dict[str, Any]]:
    case, other = world.own["case"], world.other["case"]
    return {
        "own": {"number": case.number, "token": status_token(case)},
        "other": {"number": case.number, "token": status_token(other)},
        "none": {"number": "VV-KHONGCO1", "token": "a" * 32},
    }


def _return_photo(world: World) -> dict[str, dict[str, Any]]:
    own, other = world.own["return"], world.other["return"]
    photo = own.photos.get().pk
    return {"own": {"asked": own.pk, "photo": photo}, "other": {"asked": other.pk, "photo": photo}}


def _return_photo_by_link(world: World) -> dict[str, dict[str, Any]]:
    own, other = world.own["return"], world.other["return"]
    order = own.parcel.order
    link = {"number": order.number, "token": tracking_token(order)}
    return {"own": {**link, "photo": own.photos.get().pk}, "other": {**link, "photo": other.photos.get().pk}}


_batch = _public(lambda own: {"batch": own["payout"].batch_id}, {"batch": MISSING})
_payout = _public(
    lambda own: {"batch": own["payout"].batch_id, "payout": own["payout"].pk}, {"batch": MISSING, "payout": MISSING}
)

SAMPLES = {
    "office_desk:money_alert": _public(lambda own: {"alert": own["alert"].pk}, {"alert": MISSING}),
    "office_desk:money_refund_approve": _public(lambda own: {"refund": own["refund"].pk}, {"refund": MISSING}),
    "office_desk:money_refund_call_off": _public(lambda own: {"refund": own["refund"].pk}, {"refund": MISSING}),
    "office_desk:money_transfer": _public(lambda own: {"transfer": own["transfer"].pk}, {"transfer": MISSING}),
    **{f"office_desk:payout_{name}": _batch for name in ("batch", "approve", "call_off", "file", "answers")},
    "office_desk:payout_mark": _payout,
    **{
        f"office_desk:{name}": _public(lambda own: {"voucher": own["platform_voucher"].pk}, {"voucher": MISSING})
        for name in ("voucher", "voucher_edit", "voucher_stop")
    },
    **{f"producer_desk:{name}": _tenants("voucher", "voucher") for name in ("voucher", "voucher_edit", "voucher_stop")},
    "office_desk:approval": _act_request,
    "office_desk:approval_approve": _act_request,
    "office_desk:approval_refuse": _act_request,
    "office_desk:approval_withdraw": _act_request,
    "office_desk:audit_entry": _entry,
    "office_desk:certificate": _code,
    "office_desk:certificate_act": _certificate_act,
    "office_desk:held_parcel": _held_parcel,
    "office_desk:certificate_bulk_result": _public(lambda own: {"act_request": own["bulk_act"].pk}, {"act_request": MISSING}),
    "producer_desk:parcel": _tenants("parcel", "parcel"),
    "producer_desk:packing_slip": _tenants("parcel", "parcel"),
    "producer_desk:listing": _tenants("listing", "listing"),
    "producer_desk:listing_texts": _tenants("listing", "listing"),
    "producer_desk:listing_preview": _tenants("listing", "listing"),
    "office_desk:listing_alcohol": _public(lambda own: {"listing": own["revision"].listing_id}, {"listing": MISSING}),
    "office_desk:moderation_page": _public(lambda own: {"listing": own["revision"].listing_id}, {"listing": MISSING}),
    **{
        f"office_desk:{name}": _public(lambda own: {"producer": own["producer"].pk}, {"producer": MISSING})
        for name in ("producer", "producer_people", "producer_release", "producer_letter")
    },
    "dashboard:catalogue-category-detail-list": _category,
    "dashboard:catalogue-category-update": _category,
    "dashboard:catalogue-category-delete": _category,
    "dashboard:catalogue-category-create-child": _public(lambda own: {"parent": own["category"].pk}, {"parent": MISSING}),
    # Everybody has keys, devices and addresses of their own; that another's are not there is tried beside them.
    **{name: _missing("pk") for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")},
    "account_end_device": _missing("device"),
    "account_stop_waiting": _missing("notice"),
    **{f"storefront:{name}": _missing("number") for name in ("own_order", "order_again", "order_invoice")},
    **{f"storefront:{act}_invoice_buyer": _missing("buyer") for act in ("edit", "delete", "choose")},
    **{
        f"storefront:{name}": _missing("product")
        for name in ("keep_wish", "drop_wish", "wish_to_basket", "ask_stock_notice", "product_buttons")
    },
    **{f"storefront:{name}": _missing("token") for name in ("confirm_stock_notice", "stop_messages")},
    **{f"account_{act}_address": _missing("address") for act in ("edit", "delete", "default")},
    "account_reset_password_from_key": lambda world: {"own": {"uidb36": "1", "key": "khong-dung"}},  # noqa: ARG005
    "storefront:province": _public(lambda own: {"slug": own["producer"].profile.province.slug}, {"slug": "khong-co-tinh-nay"}),
    "storefront:producer": _public(lambda own: {"slug": own["producer"].profile.slug}, {"slug": "khong-co"}),
    "storefront:verify": _code,
    "storefront:label": _code,
    "certificate_json": _code,
    "open_data_schema": lambda world: {"own": {"name": "so-dang-ky"}, "none": {"name": "khong-co"}},  # noqa: ARG005
    "open_data_file": lambda world: {  # noqa: ARG005
        "own": {"name": "so-dang-ky", "kind": "csv"},
        "none": {"name": "khong-co", "kind": "csv"},
    },
    "storefront:case": _case,
    "office_desk:case": _public(lambda own: {"case": own["case"].pk}, {"case": MISSING}),
    "storefront:adult_product": _public(
        lambda own: {"product_slug": own["product"].slug, "pk": own["product"].pk},
        {"product_slug": "khong-co", "pk": MISSING},
    ),
    "catalogue:detail": _public(
        lambda own: {"product_slug": own["product"].slug, "pk": own["product"].pk},
        {"product_slug": "khong-co", "pk": MISSING},
    ),
    "catalogue:category": _public(
        lambda own: {"category_slug": own["category"].slug, "pk": own["category"].pk},
        {"category_slug": "khong-co", "pk": MISSING},
    ),
    "storefront:information": _page,
    "storefront:information_draft": _page,
    "storefront:information_versions": _page,
    "storefront:information_version": _page_version,
    "office_desk:commission_rule_end": _public(lambda own: {"rule": own["rule"].pk}, {"rule": MISSING}),
    "office_desk:vat_change_take_back": _public(lambda own: {"change": own["vat_change"].pk}, {"change": MISSING}),
    "office_desk:tax_rate_take_back": _public(lambda own: {"rate": own["rate"].pk}, {"rate": MISSING}),
    "office_desk:page": _page,
    "office_desk:page_publish": _page,
    "office_desk:page_history": _page,
    "office_desk:page_compare": _page,
    "office_desk:page_restore": _page_version,
    "basket:add": _public(lambda own: {"pk": own["product"].pk}, {"pk": MISSING}),
    "basket:change": _public(lambda own: {"line": own["basket_line"].pk}, {"line": MISSING}),
    "checkout:thank-you": _order,
    "storefront:cancel_parcel": _cancelled_parcel,
    "storefront:receive_parcel": _cancelled_parcel,
    "storefront:order_receipt": _order,
    "storefront:order_pdf": _order,
    # Nobody paid the order of this world yet, so its own receipt is refused with a sentence.
    "storefront:receipt_pdf": lambda world: {name: found for name, found in _order(world).items() if name != "own"},
    "office_desk:order_pdf": _public(lambda own: {"number": own["order"].number}, {"number": "OC-KHONGCO"}),
    "office_desk:receipt_pdf": lambda world: {"none": {"number": "OC-KHONGCO"}},  # noqa: ARG005 -- as above
    "storefront:refund_account": _order,
    "storefront:give_back": _cancelled_parcel,
    "storefront:return_photo": _return_photo_by_link,
    "producer_desk:return": _tenants("asked", "return"),
    "producer_desk:return_photo": _return_photo,
    "office_desk:return": _public(lambda own: {"asked": own["return"].pk}, {"asked": MISSING}),
    "office_desk:return_photo": _return_photo,
    "office_desk:import": _import,
    "office_desk:import_options": _import,
    "office_desk:import_check": _import,
    "office_desk:import_apply": _import,
    "office_desk:import_approve": _import,
    "office_desk:import_return": _import,
    "office_desk:import_withdraw": _import,
    "office_desk:import_discard": _import,
    "office_desk:import_undo": _import,
    "office_desk:import_file": _import,
    "office_desk:import_bad_rows": _import,
    "office_desk:import_row": _import_row,
    "office_desk:import_row_skip": _import_row,
    "office_desk:message": _message,
    "office_desk:message_look": _message,
    "office_desk:message_send_again": _message,
    "storefront:order_tracking": _order,
    "storefront:order_again_by_link": _order,
    "storefront:pay_order": _order,
}
