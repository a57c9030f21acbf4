"""Vietnamese tax codes (mã số thuế): of an organisation, of its branch, of a person.

10 digits with a check digit for an organisation, 13 for its branch (Circular 105/2020/TT-BTC); since 01/07/2025 a
household or a person uses the 12-digit personal identity number instead (Circular 86/2024/TT-BTC). That one has no
check digit, but its first three digits name the province of birth registration and run from 001 to 096.
"""

import re
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.vn import mst

SEPARATORS = re.compile(r"[\s.\-–]+")
LAST_BIRTH_PROVINCE = 96


class TaxCodeKind(StrEnum):
    """Whose code it is, known from its length."""

    ORGANISATION = "organisation"
    BRANCH = "branch"
    PERSON = "person"


KIND_BY_LENGTH = {10: TaxCodeKind.ORGANISATION, 13: TaxCodeKind.BRANCH, 12: TaxCodeKind.PERSON}


class InvalidTaxCode(ValidationError):
    """The text is not a tax code that can exist."""


def normalise_tax_code(text: str) -> str:
    """Return the code as it is printed (0100109106, 0100109106-001, 001099012345); raises InvalidTaxCode."""
    digits = SEPARATORS.sub("", text)
    kind = KIND_BY_LENGTH.get(len(digits)) if digits.isascii() and digits.isdigit() else None
    if kind is None:
        raise InvalidTaxCode(
            _("Mã số thuế có 10 chữ số, 13 chữ số (chi nhánh) hoặc 12 chữ số (số định danh cá nhân)."), code="length"
        )
    if kind is TaxCodeKind.PERSON:
        return _checked_personal_number(digits)
    return _checked_organisation_code(digits)


def tax_code_kind(code: str) -> TaxCodeKind:
    """Say whose a normalised code is; raises InvalidTaxCode when it was never one."""
    try:
        return KIND_BY_LENGTH[len(SEPARATORS.sub("", code))]
    except KeyError as error:
        raise InvalidTaxCode(_("Mã số thuế không đúng độ dài."), code="length") from error


def _checked_personal_number(digits: str) -> str:
    if not 1 <= int(digits[:3]) <= LAST_BIRTH_PROVINCE:
        raise InvalidTaxCode(_("Số định danh cá nhân phải bắt đầu bằng mã tỉnh từ 001 đến 096."), code="birth_province")
    return digits


def _checked_organisation_code(digits: str) -> str:
    try:
        code: str = mst.validate(digits)
    except StdnumError as error:
        raise InvalidTaxCode(
            _("Mã số thuế không đúng: số kiểm tra không khớp. Hãy so lại với giấy đăng ký."), code="check_digit"
        ) from error
    return mst.format(code) if len(code) == 13 else code  # noqa: PLR2004 -- a branch code has 13 digits
