"""Vietnamese phone numbers, kept in E.164 and written the way people say them."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

VIETNAM = 84
MOBILE_TYPES = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class InvalidPhoneNumber(ValidationError):
    """The text is not a Vietnamese phone number that can be called."""


class NotAMobileNumber(ValidationError):
    """A code or a courier reaches only a mobile phone; this is another kind of line."""


def normalise_phone(text: str) -> str:
    """Return the number in E.164 (+84912345678); raises InvalidPhoneNumber with a sentence for people."""
    number = _parse(text)
    if number.country_code != VIETNAM:
        raise InvalidPhoneNumber(_("Chỉ nhận số điện thoại Việt Nam, bắt đầu bằng 0 hoặc +84."), code="foreign")
    if not phonenumbers.is_valid_number(number):
        raise InvalidPhoneNumber(_("Số điện thoại không đúng. Số di động có 10 chữ số, ví dụ 0912 345 678."), code="invalid")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_mobile(text: str) -> str:
    """Return a mobile number in E.164; raises NotAMobileNumber for land lines and hotlines."""
    e164 = normalise_phone(text)
    if not is_mobile(e164):
        raise NotAMobileNumber(
            _("Cần số di động để nhận tin nhắn và để người giao hàng gọi. Số này là số cố định hoặc tổng đài."),
            code="not_mobile",
        )
    return e164


def is_mobile(e164: str) -> bool:
    """Say whether a number in E.164 is a mobile one."""
    return phonenumbers.number_type(phonenumbers.parse(e164)) in MOBILE_TYPES


def format_phone(e164: str) -> str:
    """Write a number the way people in Vietnam dial it: 0912 345 678; abroad +84 stays off. Nothing for no number."""
    if not e164:
        return ""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def mask_phone(e164: str) -> str:
    """Write a number so that its owner knows it and nobody else learns it: 0912 *** 678. Nothing for no number."""
    if not e164:
        return ""
    digits = format_phone(e164).replace(" ", "")
    return f"{digits[:4]} *** {digits[-3:]}"


def _parse(text: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text.strip(), "VN")
    except NumberParseException as error:
        raise InvalidPhoneNumber(
            _("Không đọc được số điện thoại. Hãy ghi 10 chữ số, ví dụ 0912 345 678."), code="unreadable"
        ) from error
