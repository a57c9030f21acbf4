import pytest

from shop.common.places.unit_names import read_unit_names


def likeliest(piece):
    name = read_unit_names(piece)[0]
    return name.written, name.kind


@pytest.mark.parametrize(
    ("piece", "written", "kind"),
    [
        ("thị trấn Đức An", "Đức An", "thị trấn"),
        ("TT. Đức An", "Đức An", "thị trấn"),
        ("TX Nghi Sơn", "Nghi Sơn", "thị xã"),
        ("H.Đắk Song", "Đắk Song", "huyện"),
        ("TP.HCM", "HCM", "thành phố"),
        ("TPHCM", "HCM", "thành phố"),
        ("P4", "4", "phường"),
        ("Phường 04", "4", "phường"),
        ("F.12", "12", "phường"),
        ("Q.1", "1", "quận"),
        ("x. Quảng Trực", "Quảng Trực", "xã"),
        ("T. Lâm Đồng", "Lâm Đồng", "tỉnh"),
        ("ĐẶC KHU PHÚ QUỐC", "PHÚ QUỐC", "đặc khu"),
        ("xa Tan An", "Tan An", "xã"),
        ("Dak Song District", "Dak Song", None),
        ("Lâm Đồng.", "Lâm Đồng", None),
    ],
)
def test_a_prefix_says_what_the_name_is(piece, written, kind):
    assert likeliest(piece) == (written, kind)


@pytest.mark.parametrize("name", ["Phương Liệt", "Quan Hóa", "Tĩnh Gia", "Xà Phiên"])
def test_a_name_that_begins_like_a_prefix_is_left_whole(name):
    assert likeliest(name) == (name, None)


def test_without_accents_it_may_be_either():
    readings = [(name.folded, name.kind) for name in read_unit_names("phuong liet")]

    assert readings == [("liet", "phường"), ("phuong liet", None)]


@pytest.mark.parametrize("piece", ["", " . ", "12 Nguyễn Huệ", "Việt Nam", "VietNam"])
def test_numbers_and_the_country_are_no_units(piece):
    assert read_unit_names(piece) == []


@pytest.mark.parametrize("piece", ["thôn 3", "ấp Bình Hòa", "tổ dân phố 5", "khu phố 2", "đường Trần Phú"])
def test_hamlets_and_streets_are_known_as_such(piece):
    assert [name.is_like_a_street for name in read_unit_names(piece)] == [True]
