"""Headings in all the words offices use."""

import pytest

from shop.domain.certificates.annexes.headings import field_of, plain_heading, rank_of_heading, rank_preference

HEADINGS = {
    "order": "STT|TT|Số TT|Số thứ tự",
    "product": "Tên sản phẩm|Sản phẩm|Tên SP|TÊN SẢN PHẨM|Tên sản phẩm OCOP|Tên\nsản phẩm|TenSanPham|product_name"
    "|Tên sản phẩm, dịch vụ|TÊN SẢN PHẨM, NHÓM SẢN PHẨM|Tên sản phẩm được xếp hạng|Tên gọi sản phẩm|Sản phẩm/bộ sản phẩm",
    "producer": "Chủ thể|Tên chủ thể|Chủ thể SXKD|ChuTheSXKD|Đơn vị|Cơ sở|Chủ thể OCOP|Đơn vị/Cơ sở sản xuất|Công ty/HTX"
    "|Thông tin chủ thể|Chủ thể tham gia Chương trình OCOP|Tên chủ thể (DN, HTX, hộ KD)|Chủ sở hữu sản phẩm"
    "|Chủ thể (người đại diện)",
    "producer_and_address": "Đơn vị sản xuất, địa chỉ|Tên, địa chỉ chủ thể|Chủ thể (địa chỉ)|Tên cơ sở SX, địa chỉ, điện thoại",
    "address": "Địa chỉ|Xã, huyện|Huyện|Huyện/TP|Địa chỉ sản xuất|Xã/phường|district_or_commune"
    "|Địa chỉ cơ sở|Địa chỉ chủ thể (xã, huyện)|Địa chỉ của cơ sở sản xuất|Đơn vị hành chính|Đơn vị (huyện)"
    "|Địa chỉ, số điện thoại",
    "province": "Tỉnh|Tỉnh/thành phố|Tỉnh, TP",
    "stars": "Hạng sao|Xếp hạng|Phân hạng|XepHang|Kết quả|Kết quả phân hạng|Phân hạng sản phẩm|Sao|Kết quả (sao)|Đạt hạng sao"
    "|Xếp loại|Công nhận hạng",
    "score": "Điểm|Tổng điểm|Điểm TB|Số điểm|Điểm đánh giá|Điểm (100)|Tổng điểm đạt được",
    "group": "Nhóm sản phẩm|Ngành hàng|Nhóm/Ngành hàng|Bộ sản phẩm|Thuộc nhóm",
    "number": "Số quyết định|Quyết định số|Số QĐ|Quyết định công nhận",
    "signed_on": "Ngày ký|Ngày ban hành|Ngày QĐ|Ngày quyết định|Ngày, tháng, năm",
    "issued_on": "Ngày cấp|Ngày công nhận|Ngày bắt đầu|Hiệu lực từ ngày",
    "expires_on": "Ngày hết hạn|Hết hạn|Ngày kết thúc|Thời hạn|Giá trị đến ngày",
    "authority": "Cơ quan ban hành",
    "product_code": "Mã sản phẩm",
    "form": "Hình thức",
    "note": "Ghi chú",
    "other": "Số điện thoại|Người đại diện|Số lượng sản phẩm|Năm công nhận",
}


@pytest.mark.parametrize(("heading", "name"), [(h, name) for name, all_of in HEADINGS.items() for h in all_of.split("|")])
def test_field_of_knows_the_heading(heading, name):
    assert field_of(heading) == name


@pytest.mark.parametrize(
    "text", ["Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao (***)", "DANH SÁCH SẢN PHẨM OCOP TỈNH ĐẮK NÔNG"]
)
def test_field_of_takes_no_data_for_a_heading(text):
    assert field_of(text) is None


def test_rank_of_heading_is_a_column_of_crosses():
    assert [rank_of_heading(text) for text in ("3 sao", "Hạng 4 sao", "****", "Xếp hạng")] == [3, 4, 4, None]


def test_a_heading_is_no_longer_than_a_line():
    assert field_of("Tên sản phẩm " + "x" * 77) == "product"
    assert field_of("Tên sản phẩm " + "x" * 78) is None
    assert field_of("(…)") is None


def test_rank_of_heading_is_said_in_signs_or_words_and_nothing_else():
    assert [rank_of_heading(text) for text in ("★★★", "5★", "Ba sao", "OCOP 4 sao", "(***)")] == [3, 5, 3, 4, 3]
    assert [rank_of_heading(text) for text in ("Đạt", "2 sao", "Sản phẩm 4 sao", "4")] == [None] * 4


@pytest.mark.parametrize(
    ("heading", "preference"),
    [
        ("Hạng sao", (True, 0)),
        ("Xếp loại", (True, 0)),
        ("XepHang", (True, 0)),
        ("Kết quả", (False, 0)),
        ("Kết quả năm 2023", (False, 2023)),
        ("Xếp hạng (2023, 2026)", (True, 2026)),
        ("Xếp hạng 20261", (True, 0)),
    ],
)
def test_rank_preference_asks_for_the_word_and_the_year(heading, preference):
    assert rank_preference(heading) == preference


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("ChuTheSXKD", "chu the sxkd"),
        ("district_or_commune", "district or commune"),
        ("Tên\n sản  phẩm (*)", "ten san pham"),
        ("Xã / Phường", "xa / phuong"),
        ("- Huyện/TP:", "huyen/tp"),
        ("STT", "stt"),
        ("Ấp", "ap"),
    ],
)
def test_plain_heading_leaves_the_words(heading, plain):
    assert plain_heading(heading) == plain
