"""Provinces and communes with their official codes, one by one; `load_places` is for tests of the whole country."""

from shop.common.places.models import Commune, Province
from shop.common.places.regions import REGION_OF_PROVINCE_CODE
from shop.common.vietnamese import fold, slugify

PROVINCES = {"01": "Hà Nội", "19": "Thái Nguyên", "22": "Quảng Ninh", "79": "TP. Hồ Chí Minh", "91": "An Giang"}
COMMUNES = {
    "00166": ("01", "phường", "Cầu Giấy"),
    "00160": ("01", "phường", "Nghĩa Đô"),
    "05500": ("19", "xã", "Tân Cương"),
    "31078": ("91", "đặc khu", "Phú Quốc"),
}


def make_province(code="01"):
    name = PROVINCES[code]
    return Province.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "full_name": name,
            "name_en": fold(name).title(),
            "kind": "tỉnh",
            "region": REGION_OF_PROVINCE_CODE[code],
            "folded": fold(name),
            "slug": slugify(name),
        },
    )[0]


def make_commune(code="00166"):
    province_code, kind, name = COMMUNES[code]
    return Commune.objects.get_or_create(
        code=code,
        defaults={
            "province": make_province(province_code),
            "name": name,
            "kind": kind,
            "folded": fold(name),
            "slug": slugify(name),
        },
    )[0]
