"""The rooms of a person's account, in the order of its menu; a new room is one line here and its addresses in `urls`."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    """A part of the account; `page` is the name of the URL that its line in the menu leads to."""

    name: str
    text: str | Promise
    icon: str
    page: str


ROOMS = (
    Room("home", _("Tổng quan"), "home", "customer:profile-view"),
    Room("orders", _("Các đơn của bạn"), "box", "storefront:own_orders"),
    Room("wishes", _("Yêu thích"), "heart", "storefront:wishes"),
    Room("addresses", _("Sổ địa chỉ"), "pin", "account_addresses"),
    Room("invoices", _("Thông tin hoá đơn"), "list", "storefront:invoice_buyers"),
    Room("contact", _("Tên và liên hệ"), "user", "account_contact"),
    Room("security", _("Bảo mật"), "lock", "mfa_index"),
    Room("devices", _("Thiết bị"), "phone", "account_devices"),
    Room("messages", _("Thông báo"), "mail", "account_messages"),
    Room("data", _("Dữ liệu của bạn"), "out", "account_personal_data"),
)
