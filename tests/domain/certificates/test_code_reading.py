"""Codes as people type them, and what they probably meant."""

import pytest

from shop.common import clock
from shop.domain.certificates.code_reading import read_typed_code, suggest_certificates
from shop.domain.certificates.models import Certificate
from tests.factories import make_certificate, make_producer

TODAY = clock.today()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("AG-2025-01834", "AG-2025-01834"),
        ("ag 2025 1834", "AG-2025-01834"),
        ("ag2025o1834", "AG-2025-01834"),
        ("AG-2O25-O1834", "AG-2025-01834"),
        ("AG-2025-0I834", "AG-2025-01834"),
        ("ag-2025-0l834", "AG-2025-01834"),
        ("0AG", ""),
        ("đb-2025-00007", "DB-2025-00007"),
        ("TN1-2025-00001", "TNI-2025-00001"),
        ("TNI202500001", "TNI-2025-00001"),
        ("  AG–2025–01834  ", "AG-2025-01834"),
        ("https://cho.vn/en/xac-minh/ag-2025-o1834/?x=1", "AG-2025-01834"),
        ("mau-2026-s12", "MAU-2026-S12"),
        ("chè", ""),
        ("", ""),
        ("\x00", ""),
        ("9" * 200, ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_code_is_read_whatever_hands_and_eyes_made_of_it(typed, code):
    assert read_typed_code(typed) == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "TNG-2026-00018",  # a digit changed
        "TNG-2026-00071",  # two swapped
        "TN-2026-00017",  # a letter missing
        "TNG-2025-00017",  # the year
        "17 che tan cuong",  # the last digits and the product
        "00017 chè",
        "tra hai hang",  # the producer, without accents
        "tân cươmg",  # a slip
        "chè 2026",
        "99999 chè tân",  # digits of no code
    ],
)
def test_what_was_meant_is_found(typed):
    meant = make_certificate(code="TNG-2026-00017", product_name="Chè Tân Cương", producer=make_producer("HTX Trà Hải Hằng"))
    make_certificate(code="LD-2024-04211", product_name="Cà phê chồn", producer=make_producer("Cơ sở Ba Tư"))

    assert suggest_certificates(typed, today=TODAY) == [meant]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["LD-2021-99999", "zzzzzz", "4", "ce", "cxx", "", "%", "'; DROP TABLE x", "\x00", "ă" * 200])
def test_what_was_not_meant_is_not_found(typed):
    make_certificate(code="TNG-2026-00017")

    assert suggest_certificates(typed, today=TODAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["ca phe", "cà phê", "CÀ PHÊ khe", "ca phê khe san"])
def test_names_are_found_as_an_import_stores_them(typed):
    imported = make_certificate(product_name="Cà phê Khe Sanh", address_as_certified="Số 7 ngõ 3")
    Certificate.objects.update(folded_name="cà phê khe sanh", folded_producer_name="hợp tác xã khe sanh")

    assert suggest_certificates(typed, today=TODAY) == [imported]
    assert suggest_certificates("ngo", today=TODAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize("folded", ["ruou mo", "rượu mơ"])
def test_spirits_are_suggested_by_number_only(folded):
    spirit = make_certificate(code="TNG-2026-00017", product_name="Rượu mơ")
    Certificate.objects.update(folded_name=folded)

    assert suggest_certificates("ruou mo", today=TODAY) == []
    assert suggest_certificates("TNG-2026-00018", today=TODAY) == [spirit]


@pytest.mark.django_db
def test_a_number_beside_words_is_the_end_of_a_code_or_its_year():
    producer = make_producer("HTX Trà")
    first, second, third = (
        make_certificate(code=code, product_name="Chè", producer=producer)
        for code in ("TNG-2026-00017", "TNG-2025-00018", "TNG-2025-02026")
    )

    assert set(suggest_certificates("chè 2025", today=TODAY)) == {second, third}
    assert suggest_certificates("chè 17", today=TODAY) == [first]
    assert set(suggest_certificates("chè 2026", today=TODAY)) == {first, third}
    assert suggest_certificates("chè 2025 18", today=TODAY) == [second]
