"""Rows for tests: every function makes one thing with ordinary values and saves it; nothing surprising happens."""

from .cases import make_case
from .certificates import make_certificate, make_decision
from .listings import make_listing, make_pack, make_revision, make_stock_record
from .ordering import BUYER_PHONE, make_basket, make_order, make_request
from .people import PASSWORD, make_officer, make_staff, make_user
from .places import make_commune, make_province
from .producers import make_member, make_producer

__all__ = [
    "BUYER_PHONE",
    "PASSWORD",
    "make_basket",
    "make_case",
    "make_certificate",
    "make_commune",
    "make_decision",
    "make_listing",
    "make_member",
    "make_officer",
    "make_order",
    "make_pack",
    "make_producer",
    "make_province",
    "make_request",
    "make_revision",
    "make_staff",
    "make_stock_record",
    "make_user",
]
