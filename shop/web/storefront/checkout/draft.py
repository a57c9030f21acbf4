"""What the buyer has filled in so far: read from the post, from the account, and from an address of before 2025."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from shop.common.phone import format_phone
from shop.common.places.addresses import understand_address
from shop.common.places.models import Commune
from shop.domain.people.models import User
from shop.oscar_forks.order.models import ShippingAddress

TEXTS = ("name", "phone", "email", "province", "commune", "former", "street", "note", "payment")
SHIPPING = "shipping_"


@dataclass
class Draft:
    """Field values as typed, the shipping service per producer, and what an old address led to."""

    values: dict[str, str]
    services: dict[int, str] = field(default_factory=dict)
    former_answer: str = ""
    former_error: str = ""
    communes: list[Commune] = field(default_factory=list)


def read_draft(post: QueryDict) -> Draft:
    """Return what was posted; an old address fills in the commune it is in today, when none is chosen."""
    draft = Draft({name: post.get(name, "") for name in TEXTS}, services=_services(post))
    if draft.values["former"].strip() and _asks_for_former(draft.values, post.get("action", "")):
        _understand_former(draft)
    else:
        _fit_commune(draft.values)
    return draft


def _asks_for_former(values: dict[str, str], action: str) -> bool:
    """A province chosen by hand after the search counts for more, until the order is placed without a commune."""
    return action == "find" or (not values["commune"] and (not values["province"] or action == "place"))


def draft_of(user: User | None) -> Draft:
    """Return what the shop knows already: the account's name, phone, e-mail and last address."""
    values = dict.fromkeys(TEXTS, "") | {"payment": "cod"}
    if user is None:
        return Draft(values)
    values |= {"name": user.get_full_name(), "email": user.email or ""}
    if user.phone:
        values["phone"] = format_phone(user.phone)
    address = ShippingAddress.objects.filter(order__user=user).select_related("commune").order_by("-pk").first()
    if address is not None and address.commune is not None:
        values |= {
            "name": address.first_name,
            "phone": format_phone(str(address.phone_number.as_e164)) if address.phone_number else values["phone"],
            "province": address.commune.province_id,
            "commune": address.commune_id,
            "street": address.line1,
        }
    return Draft(values)


def _services(post: QueryDict) -> Mapping[int, str]:
    return {
        int(name.removeprefix(SHIPPING)): post[name]
        for name in post
        if name.startswith(SHIPPING) and name.removeprefix(SHIPPING).isdecimal()
    }


def _fit_commune(values: dict[str, str]) -> None:
    """Drop a commune that is not in the province, as after another province was chosen; it may name the province."""
    commune = Commune.objects.filter(pk=values["commune"]).first()
    if commune is not None and not values["province"]:
        values["province"] = commune.province_id
    elif commune is None or commune.province_id != values["province"]:
        values["commune"] = ""


def _understand_former(draft: Draft) -> None:
    guess = understand_address(draft.values["former"])
    if guess.commune is not None:
        draft.values |= {"province": guess.commune.province_id, "commune": guess.commune.pk}
        words = {"commune": guess.commune.full_name, "province": guess.commune.province.local_name}
        draft.former_answer = _("Nay là %(commune)s, %(province)s.") % words
    elif guess.ambiguous:
        draft.communes = list(guess.ambiguous)
        draft.values |= {"province": guess.province.pk if guess.province else "", "commune": ""}
        draft.former_answer = _("Nơi này nay thuộc một trong các xã trong ô «Phường, xã, đặc khu»: chọn một.")
    else:
        draft.values |= {"province": guess.province.pk} if guess.province else {}
        draft.former_error = _("Không tìm thấy nơi này. Ghi tên xã, huyện, tỉnh cũ, hoặc chọn trong danh sách.")
