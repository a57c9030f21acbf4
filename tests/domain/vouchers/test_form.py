"""What somebody types about a voucher becomes what it asks for, or a sentence beside the field."""

from datetime import date

import pytest

from shop.common import clock
from shop.domain.vouchers.form import VoucherForm, initial_of
from shop.domain.vouchers.making import Flaw
from shop.domain.vouchers.models import Voucher
from tests.factories.vouchers import make_voucher

TYPED = {"code": "tết 2026", "name": "Tết", "starts_on": "2026-11-24", "ends_on": "2026-12-24", "scope": "all"}


def form(**typed):
    return VoucherForm(TYPED | typed, scopes=[("all", "tất cả"), ("category", "nhóm")], categories=[("7", "Chè")])


@pytest.mark.parametrize("typed", ["50.000", "50,000", "50 000", "50\u00a0000 ₫", "50000đ", 50_000])
def test_an_amount_is_read_whatever_stands_between_its_digits(typed):
    assert form(amount_vnd=typed).is_valid()
    filled = form(amount_vnd=typed)
    filled.is_valid()
    assert filled.cleaned_data["amount_vnd"] == 50_000


def test_a_form_asks_for_everything_it_says():
    filled = form(
        percent="10%",
        cap_vnd="20.000",
        minimum_goods_vnd="100.000",
        limit_total="5",
        limit_per_buyer="1",
        scope="category",
        category="7",
    )
    assert filled.is_valid()

    wanted = filled.wanted_with(funder="producer", producer_id=3)

    assert (wanted.code, wanted.name, wanted.scope, wanted.category_id) == ("tết 2026", "Tết", "category", 7)
    assert (wanted.starts_on, wanted.ends_on) == (date(2026, 11, 24), date(2026, 12, 24))
    assert (wanted.amount_vnd, wanted.percent, wanted.cap_vnd, wanted.minimum_goods_vnd) == (None, 10, 20_000, 100_000)
    assert (wanted.limit_total, wanted.limit_per_buyer, wanted.funder, wanted.producer_id) == (5, 1, "producer", 3)


def test_what_was_left_out_is_nothing():
    filled = form()
    assert filled.is_valid()

    wanted = filled.wanted_with()

    assert (wanted.minimum_goods_vnd, wanted.category_id, wanted.limit_total, wanted.funder) == (0, None, None, "platform")


def test_days_that_could_not_be_read_stand_in_for_each_other():
    def days(**typed):
        filled = form(**typed)
        assert not filled.is_valid()
        wanted = filled.wanted_with()
        return wanted.starts_on, wanted.ends_on

    assert days(starts_on="") == (date(2026, 12, 24), date(2026, 12, 24))
    assert days(ends_on="2026-13-01") == (date(2026, 11, 24), date(2026, 11, 24))
    assert days(starts_on="", ends_on="") == (date.max, date.max)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("amount_vnd", "nhiều", "Ghi một số nguyên, ví dụ 50.000."),
        ("amount_vnd", "-1", "Không ghi số âm."),
        ("amount_vnd", "100.000.001", "Số lớn quá: nhiều nhất 100000000."),
        ("percent", "51", "Số lớn quá: nhiều nhất 50."),
        ("limit_total", "1000001", "Số lớn quá: nhiều nhất 1000000."),
        ("starts_on", "2026-02-30", "Ngày chưa đúng, ví dụ 24/11/2026."),
        ("starts_on", "", "Hãy chọn ngày."),
        ("ends_on", "2101-01-01", "Năm xa quá."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(field, text, sentence):
    assert form(**{field: text}).errors == {field: [sentence]}
    assert form(amount_vnd="0", ends_on="2100-12-31").errors == {}


def test_flaws_stand_beside_their_fields_unless_those_could_not_be_read():
    filled = form(percent="nhiều", starts_on="", limit_total="x")
    filled.is_valid()
    before = {field: list(errors) for field, errors in filled.errors.items()}

    filled.tell(dict.fromkeys(("amount_vnd", "starts_on", "limit_total"), Flaw.VALUE_MISSING))
    assert {field: list(errors) for field, errors in filled.errors.items()} == before
    filled.tell({"code": Flaw.CODE_TAKEN, "products": Flaw.TARGET_MISSING, "cap_vnd": Flaw.CAP_WITHOUT_PERCENT})

    assert filled.errors["code"] == ["Mã này đã có. Chọn mã khác."]
    # A field that this desk does not have is told over the form.
    assert filled.non_field_errors() == ["Cần điền mục này với loại đã chọn."]
    assert "cap_vnd" in filled.errors


def test_an_amount_that_is_missing_is_told_where_the_percentage_was_read():
    filled = form(percent="10")
    filled.is_valid()
    filled.tell({"amount_vnd": Flaw.TWO_VALUES})

    assert list(filled.errors) == ["amount_vnd"]


def test_fields_have_their_widgets():
    fields = form().fields

    attributes = fields["amount_vnd"].widget.attrs
    assert (attributes["inputmode"], int(attributes["maxlength"]), attributes["autocomplete"]) == ("numeric", 16, "off")
    assert 'type="date"' in str(form()["starts_on"])
    assert 'value="2026-11-24"' in str(form()["starts_on"])
    assert [value for value, _label in fields["category"].choices] == ["", "7"]
    assert [value for value, _label in fields["scope"].choices] == ["all", "category"]


@pytest.mark.django_db
def test_initial_of_is_what_the_voucher_says():
    voucher = make_voucher("TET2026", percent=10, cap_vnd=20_000, minimum_goods_vnd=100_000, limit_total=5, limit_per_buyer=1)

    assert initial_of(voucher) == {
        "code": "TET2026",
        "name": "Chào khách mới",
        "amount_vnd": None,
        "percent": 10,
        "cap_vnd": 20_000,
        "minimum_goods_vnd": 100_000,
        "starts_on": clock.today(),
        "ends_on": voucher.ends_on,
        "limit_total": 5,
        "limit_per_buyer": 1,
        "scope": "all",
        "category": "",
    }
    assert initial_of(Voucher(category_id=7))["category"] == 7
