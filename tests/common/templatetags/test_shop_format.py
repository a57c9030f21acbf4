from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from shop.common.templatetags import shop_format


@pytest.mark.parametrize(("language", "written"), [("vi", "185.000\u00a0₫"), ("en", "185,000\u00a0₫")])
def test_vnd_speaks_the_language_of_the_page(language, written):
    with translation.override(language):
        assert shop_format.vnd(Decimal(185000)) == written


def test_vnd_of_nothing_is_nothing():
    assert shop_format.vnd(None) == ""


@pytest.mark.parametrize(("language", "written"), [("vi", "14/08/2028"), ("en", "14 Aug 2028")])
def test_day_speaks_the_language_of_the_page(language, written):
    with translation.override(language):
        assert shop_format.day(date(2028, 8, 14)) == written


def test_moment_is_told_in_the_zone_of_the_shop():
    assert shop_format.moment(datetime(2026, 11, 23, 2, 42, tzinfo=UTC)) == "09:42 23/11/2026"


@pytest.mark.parametrize(("language", "written"), [("vi", "13.109"), ("en", "13,109")])
def test_thousands_are_grouped(language, written):
    with translation.override(language):
        assert shop_format.thousands(13109) == written


@pytest.mark.parametrize(("points", "language", "written"), [("92.4", "vi", "92,4"), ("92.4", "en", "92.4"), ("33", "vi", "33")])
def test_score_has_one_decimal_where_it_needs_one(points, language, written):
    with translation.override(language):
        assert shop_format.score(Decimal(points)) == written


def test_phone_is_written_as_people_write_it():
    assert shop_format.phone("+84912345678").replace("\u00a0", " ") == "0912 345 678"
    assert shop_format.phone("") == ""


def test_icon_is_a_use_of_the_one_sprite():
    drawn = Template('{% load shop_format %}{% icon "cart" "i-s" %}').render(Context())
    assert drawn.startswith('<svg class="i i-s" aria-hidden="true"><use href="/static/img/sprite.svg?v=')
    assert drawn.endswith('#i-cart"/></svg>')


def test_bar_says_its_sentence_and_never_leaves_its_frame():
    drawn = shop_format.bar(140, "life", "Còn 46 ngày")
    assert 'role="img" aria-label="Còn 46 ngày"' in drawn
    assert '<rect width="100" height="1"/>' in drawn


def test_localized_marks_what_is_still_vietnamese():
    tea_house = SimpleNamespace(title="Chè Suối Giàng", title_en="")
    with translation.override("en"):
        assert shop_format.localized(tea_house, "title") == '<span lang="vi">Chè Suối Giàng</span>'
        assert shop_format.in_language(tea_house, "title") == "Chè Suối Giàng"


def test_localized_escapes_what_people_typed():
    tea_house = SimpleNamespace(title="<b>Chè</b>", title_en="")
    with translation.override("en"):
        assert shop_format.localized(tea_house, "title") == '<span lang="vi">&lt;b&gt;Chè&lt;/b&gt;</span>'
    page = Template('{% load shop_format %}{% localized thing "title" %}').render(Context({"thing": tea_house}))
    assert page == "&lt;b&gt;Chè&lt;/b&gt;"
