import pytest

from shop.common.places.address_pieces import cut_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "pieces"),
    [
        ("xã Trà Linh, huyện Nam Trà My", ["Trà Linh", "Nam Trà My"]),
        ("xã Mỹ Bằng huyện Yên Sơn", ["Mỹ Bằng", "Yên Sơn"]),
        ("xã Hải Yến thị xã Nghi Sơn", ["Hải Yến", "Nghi Sơn"]),
        ("Phương Liệt - Thanh Xuân - Hà Nội", ["Phương Liệt", "Thanh Xuân", "Hà Nội"]),
        ("Bà Rịa - Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),
        ("xã Chân Mây - Lăng Cô; Huế", ["Chân Mây - Lăng Cô", "Huế"]),
        ("huyen Dan Phuong", ["Dan Phuong"]),
        ("Phường 4 (Quận Phú Nhuận)", ["4", "Phú Nhuận"]),
    ],
)
def test_an_address_is_cut_where_a_new_place_begins(address, pieces):
    assert [readings[0].written for readings in cut_address(address)] == pieces
