"""Several products in one cell, a producer with its address in one cell."""

import pytest

from shop.domain.certificates.spellings.products import split_producer_and_address, variants_of, without_phone


@pytest.mark.parametrize(
    ("cell", "variants"),
    [
        ("Nước mắm Cửa Lò (20°N, 30°N, 40°N)", ("Nước mắm Cửa Lò 20°N", "Nước mắm Cửa Lò 30°N", "Nước mắm Cửa Lò 40°N")),
        ("Nhóm sản phẩm (Dao, thìa, dĩa, ống hút tre)", ("Dao", "Thìa", "Dĩa", "Ống hút tre")),
        ("Dầu lạc (0,5 lít; 1 lít và 5 lít)", ("Dầu lạc 0,5 lít", "Dầu lạc 1 lít", "Dầu lạc 5 lít")),
        ("Nước mắm:\n- 20 độ\n- 30 độ", ("Nước mắm 20 độ", "Nước mắm 30 độ")),
        ("Mật ong Bometa (4 sản phẩm mật ong)", ()),
        ("Nấm Fresh Cordyceps Vietnam (Nấm tươi)", ()),
        ("Rượu (0,5 lít)", ()),
        ("Bánh tét Tứ Quý (Hai Lý)", ()),
        ("Nước mắm Cửa Lò CL28 và Cửa Hội CH20, CH25", ()),
    ],
)
def test_variants_of_names_each_product_of_a_cell(cell, variants):
    assert variants_of(cell) == variants


@pytest.mark.parametrize(
    ("cell", "producer", "address"),
    [
        (
            "Công ty TNHH Sachi, phường Nghĩa Trung, thành phố Gia Nghĩa",
            "Công ty TNHH Sachi",
            "phường Nghĩa Trung, thành phố Gia Nghĩa",
        ),
        ("Doanh nghiệp giống thủy sản Minh Nhựt, xã Thông Hòa", "Doanh nghiệp giống thủy sản Minh Nhựt", "xã Thông Hòa"),
        ("HTX Ong Vàng - xã Ninh Gia", "HTX Ong Vàng", "xã Ninh Gia"),
        ("HTX Ong Vàng (xã Ninh Gia)", "HTX Ong Vàng", "xã Ninh Gia"),
        ("HTX Ong Vàng\nĐịa chỉ: thôn 1, xã Ninh Gia", "HTX Ong Vàng", "thôn 1, xã Ninh Gia"),
        ("HTX Ong Vàng; Địa chỉ: xã Ninh Gia; ĐT: 0912345678", "HTX Ong Vàng", "xã Ninh Gia"),
        ("HTX Ong Vàng, số 5 đường 3/4, xã Ninh Gia. SĐT: 0263.3822.111", "HTX Ong Vàng", "số 5 đường 3/4, xã Ninh Gia"),
        ("Cơ sở Bà Tư, xã Ninh Gia, Điện thoại 0987 654 321 - 0912 345 678", "Cơ sở Bà Tư", "xã Ninh Gia"),
        ("HTX Ong Vàng - 0912345678", "HTX Ong Vàng", ""),
        ("Hộ ông Nguyễn Văn Ong, 23 Lê Lợi, phường 1, Bảo Lộc", "Hộ ông Nguyễn Văn Ong", "23 Lê Lợi, phường 1, Bảo Lộc"),
        ("HTX Ong Vàng tại thôn 5, xã Ninh Gia", "HTX Ong Vàng", "thôn 5, xã Ninh Gia"),
        ("Cơ sở Cẩm Hằng, Cầu Kè", "Cơ sở Cẩm Hằng", "Cầu Kè"),
        (
            "Hợp tác xã sản xuất, kinh doanh, dịch vụ nông nghiệp An Lỗ",
            "Hợp tác xã sản xuất, kinh doanh, dịch vụ nông nghiệp An Lỗ",
            "",
        ),
        ("Hợp tác xã dịch vụ nông nghiệp xã Nhân Huệ", "Hợp tác xã dịch vụ nông nghiệp xã Nhân Huệ", ""),
        ("Chi nhánh Hải Dương - CTCP công nghệ Tràng Tiền số 1", "Chi nhánh Hải Dương - CTCP công nghệ Tràng Tiền số 1", ""),
        ("CTCP nông nghiệp hữu cơ HD - Green", "CTCP nông nghiệp hữu cơ HD - Green", ""),
    ],
)
def test_split_producer_and_address_cuts_where_the_address_begins(cell, producer, address):
    assert split_producer_and_address(cell) == (producer, address)


@pytest.mark.parametrize(
    ("cell", "variants"),
    [
        (None, ()),
        ("", ()),
        ("Trà [sen, nhài]", ("Trà sen", "Trà nhài")),
        ("Trà (sen, nhài).", ("Trà sen", "Trà nhài")),
        ("Trà (sen,nhài; cúc & bưởi)", ("Trà sen", "Trà nhài", "Trà cúc", "Trà bưởi")),
        ("Trà (sen và nhài)", ()),
        ("Trà (sen,, nhài)", ("Trà sen", "Trà nhài")),
        ("Trà (sen, )", ()),
        # A part that says the whole name needs it no second time.
        ("Trà (trà sen, Trà nhài)", ("trà sen", "Trà nhài")),
        ("Các sản phẩm (tinh dầu, xà phòng)", ("Tinh dầu", "Xà phòng")),
        (f"Trà ({'a' * 60}, b)", (f"Trà {'a' * 60}", "Trà b")),
        (f"Trà ({'a' * 61}, b)", ()),
        ("Trà (02 sp, mới)", ()),
        ("Nước mắm:\n+ 20 độ;\n+ 30 độ,\n\n", ("Nước mắm 20 độ", "Nước mắm 30 độ")),
        ("Bộ sản phẩm\n1. tinh dầu.\n2) xà phòng", ("Tinh dầu", "Xà phòng")),
        ("Nước mắm:\n- 20 độ", ()),
        ("Nước mắm:\n- 20 độ\nloại ngon\n- 30 độ", ()),
        ("- 20 độ\n- 30 độ", ()),
    ],
)
def test_variants_of_lists_in_brackets_and_lines(cell, variants):
    assert variants_of(cell) == variants


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("HTX Ong; ĐT: 0912345678", "HTX Ong"),
        ("HTX Ong (SĐT 0912.345.678 - 0912 345 679)", "HTX Ong"),
        ("HTX Ong, +84912345678", "HTX Ong"),
        ("HTX Ong, 0912345678, xã A", "HTX Ong, xã A"),
        ("HTX 19-5", "HTX 19-5"),
        ("HTX Ong 2025", "HTX Ong 2025"),
    ],
)
def test_without_phone_keeps_everything_else(text, left):
    assert without_phone(text) == left


@pytest.mark.parametrize(
    ("cell", "producer", "address"),
    [
        ("HTX Ong (xã Ninh Gia (cũ))", "HTX Ong", "xã Ninh Gia (cũ)"),
        ("HTX Ong (xã Ninh Gia).", "HTX Ong", "xã Ninh Gia"),
        ("HTX Ong, xã Ninh Gia;", "HTX Ong", "xã Ninh Gia"),
        ("HTX Ong đ/c xã Ninh Gia", "HTX Ong", "xã Ninh Gia"),
        ("HTX Ong,\nxã Ninh Gia", "HTX Ong", "xã Ninh Gia"),
        ("HTX Ong, Lâm Đồng.", "HTX Ong", "Lâm Đồng"),
        ("HTX Ong, Vàng", "HTX Ong, Vàng", ""),
        ("Lâm Đồng", "Lâm Đồng", ""),
    ],
)
def test_split_producer_and_address_at_brackets_labels_and_bare_places(cell, producer, address):
    assert split_producer_and_address(cell) == (producer, address)
