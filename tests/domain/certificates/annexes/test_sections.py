"""Headings inside a table: the places and the ranks they give to the rows below them."""

import pytest

from shop.domain.certificates.annexes.sections import Place, read_section


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
    ],
)
def test_read_section_names_the_place_in_full(text, place):
    assert read_section(text, allow_bare_names=True).place == place


def test_a_rank_of_a_section_keeps_its_words():
    stars = read_section("Sản phẩm 2 sao", allow_bare_names=False).stars

    assert (stars.problem, stars.text) == ("stars_out_of_range", "Sản phẩm 2 sao")
