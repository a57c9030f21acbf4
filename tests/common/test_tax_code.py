import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.common.tax_code import InvalidTaxCode, TaxCodeKind, normalise_tax_code, tax_code_kind


@pytest.mark.parametrize(
    ("written", "code", "kind"),
    [
        ("0100109106", "0100109106", TaxCodeKind.ORGANISATION),
        (" 0100 047 516 ", "0100047516", TaxCodeKind.ORGANISATION),
        ("1602085926", "1602085926", TaxCodeKind.ORGANISATION),
        ("0100109106-002", "0100109106-002", TaxCodeKind.BRANCH),
        ("0100109106002", "0100109106-002", TaxCodeKind.BRANCH),
        ("001099012345", "001099012345", TaxCodeKind.PERSON),
    ],
)
def test_the_three_kinds_of_tax_code_are_accepted(written, code, kind):
    assert normalise_tax_code(written) == code
    assert tax_code_kind(code) == kind


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0100109107", "check_digit"),
        ("0100109106-000", "check_digit"),
        ("000099012345", "birth_province"),
        ("097099012345", "birth_province"),
        ("010010910", "length"),
        ("01001091066", "length"),
        ("MST 0100109106", "length"),
        ("٠١٠٠١٠٩١٠٦", "length"),
        ("", "length"),
    ],
)
def test_a_code_that_cannot_exist_is_refused_with_a_reason(written, reason):
    with pytest.raises(InvalidTaxCode) as refusal:
        normalise_tax_code(written)

    assert refusal.value.code == reason


@given(position=st.integers(0, 9), step=st.integers(1, 9))
def test_one_wrong_digit_is_noticed(position, step):
    digits = list("0100109106")
    digits[position] = str((int(digits[position]) + step) % 10)

    with pytest.raises(InvalidTaxCode):
        normalise_tax_code("".join(digits))
