import pytest

from shop.domain.listings.claim_guard import find_claims

FOOD, CRAFT = 11, 21


def kinds(text, *, stars=4, criteria_set=FOOD):
    return [finding.kind for finding in find_claims(texts={"story": text}, stars=stars, criteria_set=criteria_set)]


@pytest.mark.parametrize(
    "text",
    [
        "Đạt OCOP 5 sao năm 2024",
        "sản phẩm năm sao",
        "NĂM SAO",
        "5sao",
        "5 star product",
        "a five-star tea",
        "⭐⭐⭐⭐⭐",
        "★★★★★ chè ngon",
        "⭐️ ⭐️ ⭐️ ⭐️ ⭐️",
        "5★",
        "⭐×5",
        "⭐ x 5",
        "5 x ⭐",
        "*****",
        "５ sao",
        "nam sao",
    ],
)
def test_more_stars_than_certified_are_found(text):
    assert kinds(text) == ["more_stars"]
    assert kinds(text, stars=5) == []


@pytest.mark.parametrize(
    "text",
    ["OCOP 4 sao", "★★★★", "Từ năm sao chổi bay qua 1910", "5 sào ruộng", "15 ngày sao chè trên chảo", "sao 5 lần", "3 sao"],
)
def test_what_is_certified_or_means_something_else_is_let_be(text):
    found = kinds(text)

    # «năm sao chổi» reads like five stars to a machine: a warning too many, never a refusal.
    assert found == (["more_stars"] if "sao chổi" in text else [])


@pytest.mark.parametrize("text", ["Chuẩn OCOP", "đạt o c o p", "hàng 3 sao"])
def test_without_a_valid_certificate_any_star_is_too_many(text):
    assert kinds(text, stars=None) == ["not_certified"]


@pytest.mark.parametrize(
    "text",
    [
        "Trị dứt điểm ho lâu ngày",
        "chữa khỏi tiểu đường",
        "CHỮA BỆNH dạ dày",
        "chua khoi benh gut",
        "Cures cancer",
        "hỗ trợ điều trị ung thư",
    ],
)
def test_cures_are_found_on_what_is_eaten_and_not_on_crafts(text):
    assert kinds(text) == ["medicine"]
    assert kinds(text, criteria_set=CRAFT) == []


@pytest.mark.parametrize("text", ["Vị chua dịu", "chưa khỏi nồi đã thơm", "Uống sau bữa ăn", "Bảo quản nơi khô"])
def test_ordinary_words_are_let_be(text):
    assert kinds(text) == []


def test_the_sentence_is_quoted_and_no_other():
    found = find_claims(texts={"description": "Chè ngon. Chữa khỏi ho! Đóng gói đẹp."}, stars=4, criteria_set=FOOD)

    assert [finding.sentence for finding in found] == ["Chữa khỏi ho!"]
