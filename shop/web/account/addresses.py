"""The address book: list, add, change, delete, choose the default."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common.phone import format_phone, normalise_phone
from shop.common.places.picking import PlacePick, read_place
from shop.common.places.place_form import PlaceForm
from shop.common.vietnamese import normalise
from shop.domain.people.address_book import (
    MOST_ADDRESSES,
    AddressEntry,
    AlreadyInBook,
    BookIsFull,
    addresses_of,
    drop_address,
    make_default,
    write_address,
)
from shop.oscar_forks.address.models import UserAddress

from .audience import PEOPLE

# Choosing a province asks for its communes; without scripts the button beside it does.
REFRESHES = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"action": "refresh"}',
    "hx-select": "#chon-xa",
    "hx-target": "#chon-xa",
    "hx-swap": "outerHTML",
}
FIELDS = ("name", "phone", "street", "note", "is_default")


class AddressForm(PlaceForm):
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=255,
        error_messages={"required": _("Cho biết họ tên người nhận")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=32,
        error_messages={"required": _("Cần số điện thoại để người giao hàng gọi, ví dụ 0912 345 678")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    note = forms.CharField(label=_("Ghi chú cho người giao (không bắt buộc)"), required=False, max_length=500)
    is_default = forms.BooleanField(label=_("Giao đến đây nếu không chọn nơi khác"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].widget.attrs |= REFRESHES
        self.order_fields(["name", "phone"])

    def clean_name(self) -> str:
        return normalise(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])

    def entry(self) -> AddressEntry:
        """Return what a valid form says."""
        values = self.cleaned_data
        return AddressEntry(values["name"], values["phone"], values["commune"], values["street"], values["note"])


@access(roles=PEOPLE)
def address_list(request: HttpRequest) -> HttpResponse:
    """Show the book."""
    book = list(addresses_of(user_id=request.user.pk))
    return render(request, "account/addresses.html", {"addresses": book, "is_full": len(book) >= MOST_ADDRESSES})


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
def add_address(request: HttpRequest) -> HttpResponse:
    """Ask for an address and add it."""
    person: Any = request.user
    known = {"name": person.get_full_name(), "phone": format_phone(person.phone) if person.phone else ""}
    return _ask(request, initial=known, address=None)


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",), owner="address.user")
def edit_address(request: HttpRequest, address: int) -> HttpResponse:
    """Ask what to change and change it."""
    kept = _own(request, address)
    initial = {
        "name": kept.first_name,
        "phone": format_phone(str(kept.phone_number.as_e164)) if kept.phone_number else "",
        "province": kept.commune.province_id,
        "commune": kept.commune_id,
        "street": kept.line1,
        "note": kept.notes,
        "is_default": kept.is_default_for_shipping,
    }
    return _ask(request, initial=initial, address=kept)


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",), owner="address.user")
def delete_address(request: HttpRequest, address: int) -> HttpResponse:
    """Ask once, then take the address out of the book."""
    kept = _own(request, address)
    if request.method != "POST":
        return render(request, "account/address_delete.html", {"address": kept})
    drop_address(user_id=request.user.pk, address_id=kept.pk)
    messages.success(request, gettext("Đã xoá địa chỉ."))
    return redirect("account_addresses")


@access(roles=PEOPLE, methods=("POST",), writes=("POST",), owner="address.user")
def choose_default(request: HttpRequest, address: int) -> HttpResponse:
    """Let orders go here from now on."""
    make_default(user_id=request.user.pk, address_id=_own(request, address).pk)
    return redirect("account_addresses")


def _own(request: HttpRequest, pk: int) -> UserAddress:
    return get_object_or_404(addresses_of(user_id=request.user.pk), pk=pk)


def _ask(request: HttpRequest, *, initial: dict[str, Any], address: UserAddress | None) -> HttpResponse:
    if request.method != "POST":
        return _show(request, AddressForm(initial=initial), PlacePick(), address)
    typed = {name: request.POST.get(name, "") for name in ("province", "commune", "former")}
    action = request.POST.get("action", "save")
    pick = read_place(**typed, action=action, last_action="save")
    values = {name: request.POST.get(name, "") for name in FIELDS} | pick.values
    if action != "save":
        return _show(request, AddressForm(initial=values, communes=pick.communes), pick, address)
    form = AddressForm(values, communes=pick.communes)
    if form.is_valid() and _save(request, form, address):
        return redirect("account_addresses")
    return _show(request, form, pick, address)


def _save(request: HttpRequest, form: AddressForm, address: UserAddress | None) -> bool:
    try:
        write_address(
            user_id=request.user.pk,
            entry=form.entry(),
            address_id=address.pk if address else None,
            is_default=form.cleaned_data["is_default"],
        )
    except AlreadyInBook:
        form.add_error("street", ValidationError(gettext("Địa chỉ này đã có trong sổ.")))
    except BookIsFull:
        form.add_error(None, ValidationError(gettext("Sổ đã đủ %(most)d địa chỉ: hãy xoá bớt.") % {"most": MOST_ADDRESSES}))
    else:
        messages.success(request, gettext("Đã lưu địa chỉ."))
        return True
    return False


def _show(request: HttpRequest, form: AddressForm, pick: PlacePick, address: UserAddress | None) -> HttpResponse:
    context = {
        "form": form,
        "address": address,
        "former_answer": pick.former_answer,
        "former_error": pick.former_error,
        "is_former_open": bool(pick.former),
    }
    return render(request, "account/address_form.html", context, status=422 if form.errors else 200)
