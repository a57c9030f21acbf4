import pytest

from shop.common.phone import (
    InvalidPhoneNumber,
    NotAMobileNumber,
    format_phone,
    is_mobile,
    mask_phone,
    normalise_mobile,
    normalise_phone,
)


@pytest.mark.parametrize(
    "written", ["0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "84912345678", " (+84)912-345-678 "]
)
def test_a_number_is_kept_in_one_form_however_it_was_written(written):
    assert normalise_phone(written) == "+84912345678"


@pytest.mark.parametrize("written", ["0296 3841196", "1900 6017", "0243 825 2916"])
def test_land_lines_and_hotlines_are_numbers_but_not_mobile(written):
    assert is_mobile(normalise_phone(written)) is False
    with pytest.raises(NotAMobileNumber, match="số di động"):
        normalise_mobile(written)


@pytest.mark.parametrize("prefix", ["03", "05", "07", "08", "09"])
def test_every_mobile_range_is_mobile(prefix):
    assert normalise_mobile(f"{prefix}61234567") == f"+84{prefix[1]}61234567"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("091234567", "invalid"),
        ("09123456789", "invalid"),
        ("0112345678", "invalid"),
        ("gọi tôi nhé", "unreadable"),
        ("", "unreadable"),
        ("+1 415 555 2671", "foreign"),
    ],
)
def test_what_is_no_vietnamese_number_is_refused_with_a_reason(written, code):
    with pytest.raises(InvalidPhoneNumber) as refusal:
        normalise_phone(written)

    assert refusal.value.code == code


def test_a_number_is_written_the_way_it_is_dialled():
    assert format_phone("+84912345678") == "0912 345 678"
    assert mask_phone("+84912345678") == "0912 *** 678"
