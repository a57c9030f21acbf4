"""Six groups, 26 criteria sets, and every older name leading to one of them."""

import csv

import pytest
from django.conf import settings

from shop.domain.certificates.taxonomy import find_group, group_of_code, group_of_criteria_set, groups, suggest_criteria_set

CERTIFIED = settings.BASE_DIR / "shop" / "demo" / "data" / "certified_products.csv"


def test_groups_hold_the_twenty_six_criteria_sets_once():
    numbers = [one.number for group in groups() for sub in group.subgroups for one in sub.criteria_sets]

    assert numbers == list(range(1, 27))
    assert [group.code for group in groups()] == ["food", "bev", "herb", "craft", "plant", "tour"]
    assert all(one.name and one.name_en for group in groups() for sub in group.subgroups for one in sub.criteria_sets)


@pytest.mark.parametrize(
    ("printed", "code", "scheme"),
    [
        ("Thực phẩm", "food", "QD26"),
        ("NHÓM THỰC PHẨM", "food", "QD26"),
        ("I. Nhóm đồ uống (05 sản phẩm)", "bev", "QD26"),
        ("Thảo dược", "herb", "1048"),
        ("Vải và may mặc", "craft", "1048"),
        ("Lưu niệm - nội thất - trang trí", "craft", "1048"),
        ("Dịch vụ du lịch nông thôn và bán hàng", "tour", "1048"),
        ("Dược liệu", "herb", "148"),
        ("Thủ công mỹ nghệ", "craft", "148"),
        ("keepsake", "craft", "ministry"),
    ],
)
def test_find_group_maps_every_scheme(printed, code, scheme):
    match = find_group(printed)

    assert (match.code, match.scheme) == (code, scheme)


def test_find_group_knows_every_group_that_sources_print():
    with CERTIFIED.open(encoding="utf-8-sig", newline="") as file:
        printed = {row["group"] for row in csv.DictReader(file) if row["group"]}

    assert [name for name in printed if find_group(name) is None] == []
    assert find_group("Máy kéo") is None


@pytest.mark.parametrize(
    ("name", "group", "number"),
    [
        ("beCHAMP Coffee Gu Mạnh", "bev", 13),
        ("Rượu sim Hùng Nhung", "bev", 15),
        ("Rượu nếp cái hoa vàng", "", 14),
        ("Trà hoa vàng Ba Chẽ", "food", 12),
        ("Nước mắm Cửa Lò", "food", 9),
        ("Mật ong Hương rừng", "food", 4),
        ("Du lịch văn hóa dân tộc Tày bản làng Thái Hải", "tour", 26),
        ("Tên không nói gì", "", None),
    ],
)
def test_suggest_criteria_set_reads_the_name(name, group, number):
    assert suggest_criteria_set(product_name=name, group_code=group) == number


def test_group_of_criteria_set_puts_coffee_under_food():
    assert group_of_criteria_set(13) == group_of_code("food")


@pytest.mark.parametrize(
    ("printed", "code", "criteria_set", "scheme"),
    [
        # A sub-group with one set has its number, one with several and a whole group have none.
        ("Cà phê, ca cao", "food", 13, "QD26"),
        ("Gia vị", "food", None, "QD26"),
        ("Rượu trắng", "bev", 14, "QD26"),
        ("Sinh vật cảnh", "plant", None, "QD26"),
        ("Vải, may mặc", "craft", 22, "QD26"),
        ("Vải và may mặc", "craft", 22, "1048"),
        ("Thực phẩm tươi sống", "food", None, "QD26"),
        ("2) Nhóm: Đồ uống – 5 sản phẩm", "bev", None, "QD26"),
        ("a. Đồ uống", "bev", None, "QD26"),
        ("Ngành đồ uống, gồm 03 sp", "bev", None, "QD26"),
        ("travel", "tour", 26, "ministry"),
    ],
)
def test_find_group_knows_the_criteria_set_where_the_name_says_it(printed, code, criteria_set, scheme):
    match = find_group(printed)

    assert (match.code, match.criteria_set, match.scheme, match.is_of_today) == (code, criteria_set, scheme, scheme == "QD26")


@pytest.mark.parametrize(
    ("name", "group", "number"),
    [
        # «Rượu» is a drink or a food; of a craft it is the name of something else.
        ("Bình rượu", "craft", None),
        ("Bình rượu", "food", 15),
        ("Bình rượu", "", 15),
        # Words are whole and keep their accents.
        ("Trường Sa", "", None),
        ("Ruou sim", "", None),
        ("Homestay Bản Lác", "food", 26),
        ("DẦU GỘI bồ kết", "", 19),
        ("Cà phê", "bev", 13),
    ],
)
def test_suggest_criteria_set_stays_within_the_groups_of_its_words(name, group, number):
    assert suggest_criteria_set(product_name=name, group_code=group) == number


def test_groups_know_their_names_in_both_languages():
    food = group_of_code("food")

    assert (food.name, food.name_en, food.subgroups[0].name) == ("Thực phẩm", "Food", "Thực phẩm tươi sống")
    assert [one.number for one in food.subgroups[0].criteria_sets] == [1, 2]
    with pytest.raises(StopIteration):
        group_of_criteria_set(27)
