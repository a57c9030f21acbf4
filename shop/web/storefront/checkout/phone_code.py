"""The code that confirms a phone on the order form: sent at the press of a button, typed into the same form."""

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.access.account_messages import post_phone_code
from shop.access.visitor_address import visitor_address
from shop.common import clock
from shop.common.phone import mask_phone, normalise_mobile
from shop.domain.ordering.phone_codes import phone_code

# A message costs money and wakes people: one visitor sends only so many, whichever numbers are typed.
CODES_PER_HOUR = 10
HOUR = 3600


def send_code(request: HttpRequest, *, basket_id: int, phone: str) -> str:
    """Send a code to the phone that is typed in the form; returns what to tell the buyer."""
    try:
        mobile = normalise_mobile(phone)
    except ValidationError as error:
        return error.messages[0]
    counter = f"phone-codes-sent:{visitor_address(request)}"
    cache.add(counter, 0, HOUR)
    if cache.incr(counter) > CODES_PER_HOUR:
        return _("Từ mạng này đã xin nhiều mã trong một giờ. Hãy thử lại sau, hoặc chọn cách trả khác.")
    post_phone_code(mobile, phone_code(basket_id=basket_id, phone=mobile, now=clock.now()))
    return _("Đã gửi mã tới %(phone)s. Nhập mã ở mục Thanh toán rồi bấm đặt hàng.") % {"phone": mask_phone(mobile)}
