"""Vouchers in words, as both desks show them."""

from datetime import timedelta

import pytest
from django.utils import translation

from catalogue_ext.models import Category
from shop.common import clock
from shop.domain.vouchers.making import Flaw
from shop.domain.vouchers.models import Voucher
from shop.domain.vouchers.words import FLAWS, flaw_words, scope_words, voucher_row, worth_words
from shop.oscar_forks.partner.models import Partner

TODAY = clock.today()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount_vnd": 50_000}, "50.000\u00a0₫"),
        ({"percent": 10}, "10\u00a0%"),
        ({"percent": 10, "cap_vnd": 50_000}, "10\u00a0%, nhiều nhất 50.000\u00a0₫"),
    ],
)
def test_worth_words_say_what_comes_off(fields, words):
    assert worth_words(Voucher(**fields)) == words


def test_worth_words_are_in_the_language_of_the_page():
    with translation.override("en"):
        assert worth_words(Voucher(percent=10, cap_vnd=50_000)) != worth_words(Voucher(percent=10))
        assert "nhiều nhất" not in worth_words(Voucher(percent=10, cap_vnd=50_000))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scope": "all"}, "mọi sản phẩm"),
        ({"scope": "all", "producer": Partner(name="HTX Chè")}, "mọi sản phẩm"),
        ({"scope": "producer", "producer": Partner(name="HTX Chè")}, "mọi sản phẩm của chủ thể: HTX Chè"),
        ({"scope": "category", "category": Category(name="Mật ong")}, "nhóm hàng Mật ong"),
        ({"scope": "programme"}, "các sản phẩm đã chọn"),
    ],
)
def test_scope_words_say_which_goods(fields, words):
    assert scope_words(Voucher(**fields)) == words


def test_every_flaw_has_its_sentence():
    assert set(FLAWS) == set(Flaw)
    assert flaw_words(Flaw.PERCENT_RANGE) == "Giảm từ 1 đến 50 phần trăm."
    assert flaw_words(Flaw.CODE_TAKEN) == "Mã này đã có. Chọn mã khác."


def test_a_row_tells_a_voucher_whole():
    voucher = Voucher(
        amount_vnd=50_000, scope="all", funder="producer", starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2)
    )
    voucher.uses = 0

    row = voucher_row(voucher, today=TODAY)

    assert (row.voucher, row.worth, row.scope) == (voucher, "50.000\u00a0₫", "mọi sản phẩm")
    assert (row.funder, row.standing, row.kind) == ("Chủ thể chịu", "sắp đến ngày", "inf")
