"""What the buyer has filled in so far: read from the post, from the account, and from an address of before 2025."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, QueryDict

from shop.common.phone import format_phone
from shop.common.places.picking import PlacePick, read_place
from shop.domain.people.address_book import addresses_of, default_address
from shop.domain.people.erased import email_of
from shop.domain.people.models import User
from shop.oscar_forks.address.models import UserAddress
from shop.oscar_forks.order.models import ShippingAddress

from .invoice_form import INVOICE_TEXTS

ADDRESS_TEXTS = (
    "name",
    "phone",
    "email",
    "province",
    "commune",
    "former",
    "street",
    "note",
    "payment",
    "phone_code",
    "adult",
    "voucher",
    "save_address",
)
TEXTS = (*ADDRESS_TEXTS, *INVOICE_TEXTS)
SHIPPING = "shipping_"


@dataclass
class Draft:
    """Field values as typed, the shipping service per producer, and what an old address led to."""

    values: dict[str, str]
    services: Mapping[int, str] = field(default_factory=dict)
    place: PlacePick = field(default_factory=PlacePick)


def read_draft(post: QueryDict) -> Draft:
    """Return what was posted; an old address fills in the commune it is in today, when none is chosen."""
    values = {name: post.get(name, "") for name in TEXTS}
    typed = {name: values[name] for name in ("province", "commune", "former")}
    place = read_place(**typed, action=post.get("action", ""), last_action="place")
    return Draft(values | place.values, services=_services(post), place=place)


def draft_of(user: User | None) -> Draft:
    """Return what the shop knows already: the account's name, phone, e-mail, its address by default or the last one used."""
    values = dict.fromkeys(TEXTS, "") | {"payment": "cod"}
    if user is None:
        return Draft(values)
    values |= {"name": user.get_full_name(), "email": email_of(user)}
    if user.phone:
        values["phone"] = format_phone(user.phone)
    last = ShippingAddress.objects.filter(order__user=user).select_related("commune").order_by("-pk").first()
    address = default_address(user_id=user.pk) or last
    return Draft(values | values_of(address) if address is not None and address.commune is not None else values)


def take_address(draft: Draft, request: HttpRequest) -> Draft:
    """Return the draft with the person's chosen address in it; Http404 for an address that is not theirs."""
    chosen = request.POST.get("address", "")
    book = addresses_of(user_id=request.user.pk) if request.user.is_authenticated else ()
    address = next((line for line in book if str(line.pk) == chosen), None)
    if address is None:
        raise Http404
    note = {"note": address.notes} if address.notes else {}
    return Draft(draft.values | values_of(address) | note | {"address": chosen}, services=draft.services)


def values_of(address: ShippingAddress | UserAddress) -> dict[str, str]:
    """Return the fields that an address with a commune fills in."""
    values = {
        "name": address.first_name,
        "province": address.commune.province_id,
        "commune": address.commune_id,
        "former": "",
        "street": address.line1,
    }
    return values | ({"phone": format_phone(str(address.phone_number.as_e164))} if address.phone_number else {})


def _services(post: QueryDict) -> Mapping[int, str]:
    return {
        int(name.removeprefix(SHIPPING)): post[name]
        for name in post
        if name.startswith(SHIPPING) and name.removeprefix(SHIPPING).isdecimal()
    }
