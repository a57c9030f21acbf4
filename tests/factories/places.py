"""The test database holds the whole country; these name the places that tests speak of."""

from shop.common.places.models import Commune, Province


def make_province(code="01"):
    """Hà Nội (01), Thái Nguyên (19), Quảng Ninh (22), TP. Hồ Chí Minh (79), An Giang (91) and others."""
    return Province.objects.get(code=code)


def make_commune(code="00166"):
    """Phường Cầu Giấy (00166), Nghĩa Đô (00160), Xã Tân Cương (05503), Đặc khu Phú Quốc (31078) and others."""
    return Commune.objects.select_related("province").get(code=code)
