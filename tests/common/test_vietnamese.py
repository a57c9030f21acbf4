import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.common.vietnamese import fold, normalise, slugify

VIETNAMESE_LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ"
)
vietnamese_text = st.text(st.sampled_from(VIETNAMESE_LETTERS + " .,-'0123456789"), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đường thốt nốt", "duong thot not"),
        ("NƯỚC MẮM PHÚ QUỐC", "nuoc mam phu quoc"),
        ("Ðắk Lắk", "dak lak"),
        ("  Dừa sáp\u00a0 Bảo\u200b Châu ", "dua sap bao chau"),
        (unicodedata.normalize("NFD", "Chè Shan tuyết"), "che shan tuyet"),
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("", ""),
    ],
)
def test_fold_takes_away_what_people_do_not_type(written, folded):
    assert fold(written) == folded


@given(vietnamese_text)
def test_fold_leaves_only_ascii_of_vietnamese(text):
    assert fold(text).isascii()


@given(st.text())
def test_fold_of_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese_text)
def test_fold_does_not_see_how_letters_are_composed(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text.upper()) == fold(text)


def test_normalise_repairs_only_what_cannot_be_seen():
    assert normalise(" Ðà\u00a0 Lạt\ufeff ") == "Đà Lạt"
    assert normalise(unicodedata.normalize("NFD", "Đắk Nông")) == "Đắk Nông"
    assert normalise("MẮC CA  Lê Anh") == "MẮC CA Lê Anh"


@given(st.text())
def test_normalise_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Đường thốt nốt đặc biệt", "duong-thot-not-dac-biet"),
        ("Nước mắm Cửa Lò (20°N, 30°N)", "nuoc-mam-cua-lo-20-n-30-n"),
        ("  — ", ""),
        ("M'Đrắk", "m-drak"),
    ],
)
def test_slugify_writes_a_name_for_an_address(name, slug):
    assert slugify(name) == slug


def test_slugify_takes_what_oscar_hands_it():
    assert slugify("Chè búp tím", allow_unicode=False) == "che-bup-tim"
