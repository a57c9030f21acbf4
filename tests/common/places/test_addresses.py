import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.common.places.addresses import AddressGuess, understand_address

pytestmark = pytest.mark.django_db


def told(guess):
    return (
        guess.province and guess.province.name,
        guess.commune and guess.commune.full_name,
        guess.legacy_province and guess.legacy_province.name,
        guess.legacy_district and guess.legacy_district.full_name,
    )


@pytest.mark.parametrize(
    ("address", "province", "commune", "legacy_province", "legacy_district"),
    [
        ("thị trấn Đức An, huyện Đắk Song", "Lâm Đồng", "Xã Đức An", "Đắk Nông", "huyện Đắk Song"),
        ("phường Nghĩa Trung, thành phố Gia Nghĩa, Đắk Nông",
         "Lâm Đồng", "Phường Đông Gia Nghĩa", "Đắk Nông", "thành phố Gia Nghĩa"),
        ("phường Phù Đổng, TP. Pleiku, Gia Lai", "Gia Lai", "Phường Pleiku", "Gia Lai", "thành phố Pleiku"),
        ("TT Dương Đông, H. Phú Quốc, Kiên Giang", "An Giang", "Đặc khu Phú Quốc", "Kiên Giang", "thành phố Phú Quốc"),
        ("xa My Bang huyen Yen Son tinh Tuyen Quang",
         "Tuyên Quang", "Phường Mỹ Lâm", "Tuyên Quang", "huyện Yên Sơn"),
        ("P.4 Q.Phú Nhuận TPHCM", "TP. Hồ Chí Minh", "Phường Đức Nhuận", "Hồ Chí Minh", "quận Phú Nhuận"),
        ("xã Thịnh Đức, TP Thái Nguyên", "Thái Nguyên", "Xã Tân Cương", "Thái Nguyên", "thành phố Thái Nguyên"),
        ("thôn 3, xã Quảng Trực, huyện Tuy Đức", "Lâm Đồng", "Xã Quảng Trực", "Đắk Nông", "huyện Tuy Đức"),
        ("xã Đăk Song, huyện Kông Chro", "Gia Lai", "Xã Đăk Song", "Gia Lai", "huyện Kông Chro"),
        ("Bản Lầu, Mường Khương, Lào Cai", "Lào Cai", "Xã Bản Lầu", "Lào Cai", "huyện Mường Khương"),
    ],
)  # fmt: skip
def test_an_address_of_before_the_reform_is_understood(address, province, commune, legacy_province, legacy_district):
    assert told(understand_address(address)) == (province, commune, legacy_province, legacy_district)


@pytest.mark.parametrize(
    ("address", "province", "commune"),
    [
        ("phường Phan Thiết, tỉnh Lâm Đồng", "Lâm Đồng", "Phường Phan Thiết"),
        ("phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng", "Lâm Đồng", "Phường Xuân Hương - Đà Lạt"),
        ("số 12 Nguyễn Huệ, phường Sài Gòn, TP. Hồ Chí Minh", "TP. Hồ Chí Minh", "Phường Sài Gòn"),
        ("đặc khu Lý Sơn, Quảng Ngãi, Việt Nam", "Quảng Ngãi", "Đặc khu Lý Sơn"),
        ("phường Phương Liệt, Hà Nội", "Hà Nội", "Phường Phương Liệt"),
        ("Đắk Song, Lâm Đồng", "Lâm Đồng", "Xã Đắk Song"),
        ("duong dong", "An Giang", "Đặc khu Phú Quốc"),
    ],
)
def test_an_address_of_today_names_no_old_unit(address, province, commune):
    assert told(understand_address(address)) == (province, commune, None, None)


def test_a_province_alone_is_still_known():
    assert told(understand_address("Đắk Nông")) == ("Lâm Đồng", None, "Đắk Nông", None)
    assert told(understand_address("Hà Nội")) == ("Hà Nội", None, None, None)
    assert told(understand_address("Thừa Thiên Huế")) == ("Huế", None, None, None)


def test_a_district_alone_offers_its_communes():
    guess = understand_address("huyện Đắk Song")

    assert told(guess) == ("Lâm Đồng", None, "Đắk Nông", "huyện Đắk Song")
    assert {commune.name for commune in guess.ambiguous} == {"Đức An", "Đắk Song", "Thuận Hạnh", "Trường Xuân"}


def test_an_old_commune_that_was_divided_is_never_guessed():
    guess = understand_address("phường Tứ Minh, TP Hải Dương, Hải Dương")

    assert told(guess) == ("Hải Phòng", None, "Hải Dương", "thành phố Hải Dương")
    assert [commune.full_name for commune in guess.ambiguous] == ["Phường Tứ Minh", "Phường Việt Hòa"]


def test_a_name_many_provinces_know_leaves_the_province_open():
    guess = understand_address("huyện Châu Thành")

    assert told(guess) == (None, None, None, None)
    assert len(guess.ambiguous) > 20


def test_a_commune_the_province_does_not_have_is_not_looked_for_elsewhere():
    assert understand_address("xã Quảng Trực, Hà Nội") == AddressGuess(province=understand_address("Hà Nội").province)


@pytest.mark.parametrize("address", ["", " , ; ", "12345", "không rõ", "- - -", "(", "xã", "TP.", "x" * 5_000])
def test_what_is_no_address_says_nothing(address):
    assert understand_address(address) == AddressGuess()


@given(st.text(st.sampled_from("xãphườngthịtrấnhuyệnquậntỉnhTPQHX.,;()-–0123 ĐắkSongHàNội'’\u00a0\u0301"), max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_a_certain_commune_lies_in_the_province(text):
    guess = understand_address(text)

    assert guess.commune is None or guess.commune.province == guess.province
    assert guess.commune is None or guess.ambiguous == ()
