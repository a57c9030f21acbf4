"""Headings inside a table: what a row is, and the places, groups and ranks that headings give to the rows below them."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.sections import Place, RowKind, classify, read_section

BLANK, SECTION, TOTAL, SIGNATURE, NOTE, PRODUCT, UNKNOWN = RowKind


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("HUYỆN ĐẮK SONG", Place(address="huyện Đắk Song")),
        ("TỈNH BÀ RỊA - VŨNG TÀU", Place(province="Bà Rịa - Vũng Tàu")),
        ("Phường Lâm Viên - Đà Lạt: 01 sản phẩm", Place(address="phường Lâm Viên - Đà Lạt")),
        ("PHƯỜNG 1 BẢO LỘC", Place(address="phường 1 Bảo Lộc")),
        ("Đặc khu Phú Quý (1 SP)", Place(address="đặc khu Phú Quý")),
        ("Xã Di Linh - 02 sản phẩm", Place(address="xã Di Linh")),
        ("Sản phẩm hạng 4 sao", None),
        ("Đắk Nông", Place(province="Đắk Nông")),
        ("Bà Rịa – Vũng Tàu", Place(province="Bà Rịa - Vũng Tàu")),
        ("Đắk Song", Place(address="huyện Đắk Song")),
        # Several provinces had one, of one kind; some names were a town and a district at once.
        ("Châu Thành", Place(address="huyện Châu Thành")),
        ("Kỳ Anh", None),
        ("Tx. Nghi Sơn", Place(address="thị xã Nghi Sơn")),
        ("TP Hải Phòng", Place(province="Hải Phòng")),
        ("TP. Hải Dương", Place(address="thành phố Hải Dương")),
        ("UBND huyện Đắk Song", Place(address="huyện Đắk Song")),
        ("XÃ LẠ HOẮC", Place(address="xã Lạ Hoắc")),
        ("Xã Lạ hoắc", Place(address="xã Lạ hoắc")),
        ("Quận Lạ hoắc", Place(address="quận Lạ hoắc")),
        ("Tỉnh Lạ hoắc", None),
        ("Xã một hai ba bốn năm sáu", Place(address="xã một hai ba bốn năm sáu")),
        ("Xã một hai ba bốn năm sáu bảy", None),
        ("một hai ba bốn năm sáu bảy", None),
    ],
)
def test_read_section_names_the_place_in_full(text, place):
    assert read_section(text, allow_bare_names=True).place == place


@pytest.mark.parametrize("text", ["Đắk Nông", "Đắk Song", "Hợp tác xã Hảo Đạt", "Thực phẩm"])
def test_bare_names_say_nothing_where_products_may_stand(text):
    section = read_section(text, allow_bare_names=False)

    assert (section.place, section.producer, section.group, section.says_something) == (None, "", "", False)
    assert read_section(text, allow_bare_names=True).says_something


def test_a_rank_of_a_section_keeps_its_words():
    stars = read_section("Sản phẩm 2 sao", allow_bare_names=False).stars

    assert (stars.problem, stars.text) == ("stars_out_of_range", "Sản phẩm 2 sao")
    assert read_section("Sản phẩm 4 sao", allow_bare_names=False).stars.stars == 4
    assert read_section("Sản phẩm", allow_bare_names=False).stars is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("II. NHÓM ĐỒ UỐNG: 03 sản phẩm", "NHÓM ĐỒ UỐNG"),
        ("Ngành thực phẩm, gồm 3 sản phẩm", "Ngành thực phẩm"),
        ("Nhóm: Thực phẩm (02 sản phẩm)", "Nhóm: Thực phẩm"),
        ("Lĩnh vực đồ uống", "Lĩnh vực đồ uống"),
        ("Nhóm của chúng tôi", ""),
    ],
)
def test_read_section_names_a_group_of_today_or_of_before(text, group):
    assert read_section(text, allow_bare_names=False).group == group


@pytest.mark.parametrize(
    ("text", "producer", "count"),
    [
        ("Hợp tác xã Hảo Đạt (02 sản phẩm)", "Hợp tác xã Hảo Đạt", 2),
        ("CTCP Trà Việt", "CTCP Trà Việt", None),
        ("Nhà hàng Hảo Đạt", "", None),
    ],
)
def test_read_section_names_a_producer_over_its_goods(text, producer, count):
    section = read_section(text, allow_bare_names=True)

    assert (section.producer, section.count) == (producer, count)


def test_read_section_names_a_decision_only_by_its_number():
    told = read_section("Quyết định số 77/QĐ-UBND ngày 01/9/2026 của UBND tỉnh Lâm Đồng", allow_bare_names=False).decision
    assert (told.number, told.signed_on, told.authority) == ("77/QĐ-UBND", date(2026, 9, 1), "UBND tỉnh Lâm Đồng")
    assert read_section("Quyết định ngày 01/9/2026 của UBND tỉnh Lâm Đồng", allow_bare_names=False).decision is None


def kind_of(*cells, product="", producer="", has_order_column=True):
    """The kind of a row by its order cell and its other texts."""
    order, *others = cells
    kind, section = classify(order=order, others=others, product=product, producer=producer, has_order_column=has_order_column)
    assert (section is not None) is (kind is SECTION)
    return kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("",), BLANK),
        (("I", "Huyện Đắk Song"), SECTION),
        (("I", "Huyện Đắk Song", "05 sản phẩm"), SECTION),
        (("I", "Huyện Đắk Song", "5"), SECTION),
        (("I", "Đắk Song", "5"), SECTION),
        (("I", "Đồ uống", "12"), SECTION),
        (("I", "Đồ uống", "ngon"), PRODUCT),
        (("I", "Trà xanh", "ngon"), PRODUCT),
        (("", "Hạng 4 sao"), SECTION),
        # Numbered: a place or what speaks of products; else a product of which nothing but the name is said.
        (("1", "Huyện Đắk Song"), SECTION),
        (("1", "Nhóm đồ uống: 3 sản phẩm"), SECTION),
        (("1", "Sản phẩm hạng 4 sao"), SECTION),
        (("1", "Nhóm đồ uống"), PRODUCT),
        (("18", "Trầm nụ"), PRODUCT),
        (("18.", "Trầm nụ"), PRODUCT),
        (("", "Trầm nụ"), UNKNOWN),
        (("A", "Trầm nụ"), UNKNOWN),
        (("", "Tổng cộng: 5 sản phẩm"), TOTAL),
        (("", "Tổng cộng", "5"), TOTAL),
        (("Tổng số", "5"), TOTAL),
        (("I", "Tổng cộng"), TOTAL),
        (("", "Tổng số sản phẩm toàn tỉnh đạt hạng: 5 sản phẩm"), TOTAL),
        (("", "Cộng huyện Đắk Song", "05 sản phẩm"), TOTAL),
        (("1", "Tổng cộng"), PRODUCT),
        (("", "TM. ỦY BAN NHÂN DÂN"), SIGNATURE),
        (("", "Nơi nhận:", "KT. CHỦ TỊCH"), SIGNATURE),
        (("", "Lâm Đồng, ngày 5 tháng 8 năm 2026"), SIGNATURE),
        (("", "Nơi nhận:", "a", "b"), PRODUCT),
        (("", "Ghi chú: theo mẫu"), NOTE),
        (("", "(*) Sản phẩm mới"), NOTE),
        (("Ghi chú:", "theo mẫu"), NOTE),
    ],
)
def test_classify_says_what_a_row_is(cells, kind):
    assert kind_of(*cells) is kind


def test_a_lone_name_is_a_product_where_no_column_numbers_them():
    assert kind_of("", "Trầm nụ", has_order_column=False) is PRODUCT
    assert kind_of("", "Đắk Song", has_order_column=False) is PRODUCT
    assert kind_of("", "Đắk Song") is SECTION
    assert kind_of("A", "Đắk Song", has_order_column=False) is SECTION


def test_a_row_with_a_producer_or_a_product_beside_its_place_is_a_product():
    place, count = "Huyện Đắk Song", "5"
    assert kind_of("", place, count) is SECTION
    assert kind_of("", place, count, producer=count) is PRODUCT
    assert kind_of("", place, count, product=count) is PRODUCT
    assert kind_of("", place, count, product=place) is SECTION
    assert kind_of("3", place, count) is PRODUCT


def test_a_wide_heading_takes_its_rank_from_the_cell_beside_its_place():
    _kind, section = classify(order="I", others=["Huyện Đắk Song", "Hạng 4 sao"], product="", producer="", has_order_column=True)

    assert (section.place, section.stars.stars) == (Place(address="huyện Đắk Song"), 4)


def test_what_is_longer_than_a_heading_is_cut_before_it_is_searched():
    text = "Huyện Đắk Song" + " " * 10 + "x" * 400
    # It is the product's own cell, cut or not.
    assert kind_of("", text, "5", product=text) is SECTION
    assert kind_of("", "Tổng cộng " + "1" * 400) is TOTAL
