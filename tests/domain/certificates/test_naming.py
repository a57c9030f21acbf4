"""Names for comparing: two spellings of one name are one, two names stay two."""

import pytest

from shop.domain.certificates.naming import comparable, folded_producer_name, one_tone_habit, producer_key


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Trà  THUÝ", "trà thúy"),
        ("Hoà Bình", "hòa bình"),
        ("Khoẻ khoắn", "khỏe khoắn"),
        ("Nước mắm 40°N (loại 1)", "nước mắm 40°n loại 1"),
        ("Trà – sen/nhài", "trà sen nhài"),
        ("100% rừng + suối", "100% rừng + suối"),
        ("ﬁne", "fine"),
        ("  «Sen»  ", "sen"),
    ],
)
def test_comparable_is_one_spelling(text, same):
    assert comparable(text) == same


def test_comparable_keeps_accents_and_words_that_only_look_alike():
    assert comparable("Bánh dừa") != comparable("Bánh dứa")
    # Only an open syllable has two habits, and qu is one sound.
    assert [one_tone_habit(text) for text in ("hoàng", "quý", "thuỷ", "loè", "uỷ")] == ["hoàng", "quý", "thủy", "lòe", "ủy"]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("CTCP Trà Việt", "công ty cổ phần trà việt"),
        ("Cty CP Trà Việt", "công ty cổ phần trà việt"),
        ("Công ty CP Trà Việt", "công ty cổ phần trà việt"),
        ("Công ty trách nhiệm hữu hạn MTV Sen", "công ty tnhh một thành viên sen"),
        ("HTXNN Sen", "hợp tác xã nông nghiệp sen"),
        ("HTX Sen", "hợp tác xã sen"),
        ("HKD Sen", "hộ kinh doanh sen"),
        ("Chtx Sen", "chtx sen"),
    ],
)
def test_producer_key_writes_short_forms_out(short, full):
    assert producer_key(short) == full


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("CTCP Trà Việt", "cong ty co phan tra viet"),
        ("CT TNHH MTV Sen", "cong ty tnhh mot thanh vien sen"),
        ("Cty Sen-Vàng.", "cong ty sen vang"),
        ("HTX DVNN Sen", "hop tac xa dich vu sen"),
        ("Công ty trách nhiệm hữu hạn 1 thành viên Đỏ", "cong ty tnhh mot thanh vien do"),
        ("CSSX Sen, DNTN Sen, THT Sen", "co so san xuat sen doanh nghiep tu nhan sen to hop tac sen"),
    ],
)
def test_folded_producer_name_writes_short_forms_out_without_accents(short, full):
    assert folded_producer_name(short) == full
