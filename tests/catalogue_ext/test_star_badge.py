from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from catalogue_ext.star_badge import badge_sentence, badge_words, time_left
from shop.domain.certificates.state import LiveState
from tests.components.gallery import CERTIFICATES, FISH_SAUCE, HONEY

VALID, EXPIRING, EXTENDED, EXPIRED, SUSPENDED, REVOKED = CERTIFICATES[:6]


def test_badge_words_give_every_state_its_own_look():
    looks = {(badge_words(each).css_class, badge_words(each).icon) for each in CERTIFICATES[:6]}
    assert looks == {
        ("is-ok", "check"),
        ("is-soon", "clock"),
        ("is-ext", "extend"),
        ("is-exp", "x"),
        ("is-sus", "pause"),
        ("is-rev", "ban"),
    }
    assert {each.state for each in CERTIFICATES[:6]} == set(LiveState)


@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        (VALID, "OCOP 5 sao, năm 2025, còn hiệu lực đến 14/08/2028."),
        (EXPIRING, "OCOP 4 sao, năm 2024, sắp hết hạn – còn hiệu lực đến 08/01/2027."),
        (EXTENDED, "OCOP 3 sao, năm 2024, được gia hạn – còn hiệu lực đến 18/04/2027."),
        (SUSPENDED, "OCOP 4 sao, năm 2024, tạm đình chỉ từ 02/11/2026."),
        (REVOKED, "OCOP 3 sao, năm 2024, đã thu hồi ngày 12/06/2026."),
    ],
)
def test_badge_sentence_is_whole(certificate, sentence):
    assert badge_sentence(certificate, "vi") == sentence


def test_badge_sentence_of_an_expired_star_names_the_first_day_without_it():
    assert EXPIRED.valid_until == date(2026, 10, 19)
    assert badge_sentence(EXPIRED, "vi") == "OCOP 4 sao, năm 2023, hết hiệu lực từ 20/10/2026."


def test_badge_sentence_of_a_sample_says_so_first():
    assert badge_sentence(replace(FISH_SAUCE, is_sample=True), "vi").startswith("Dữ liệu mẫu. ")


def test_badge_sentence_is_english_on_english_pages():
    with translation.override("en"):
        assert badge_sentence(FISH_SAUCE, "en") == "OCOP 5 stars, 2025, valid until 14 Aug 2028."


@pytest.mark.parametrize(
    ("days", "left"),
    [(0, "Hôm nay là ngày cuối"), (46, "Còn 46 ngày"), (630, "Còn 1 năm 8 tháng"), (730, "Còn 1 năm 11 tháng")],
)
def test_time_left_counts_days_near_the_end(days, left):
    assert time_left(replace(HONEY, days_left=days)) == left
