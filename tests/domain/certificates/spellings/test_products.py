"""Several products in one cell, a producer with its address in one cell."""

import pytest

from shop.domain.certificates.spellings.products import split_producer_and_address, variants_of


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
