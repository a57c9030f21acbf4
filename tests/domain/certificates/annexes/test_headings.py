"""Headings in all the words offices use."""

import pytest

from shop.domain.certificates.annexes.headings import field_of, rank_of_heading

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
