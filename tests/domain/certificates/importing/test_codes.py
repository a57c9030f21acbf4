"""Public codes: the province's letters, the year, the next number that was never given."""

import pytest

from shop.common import clock
from shop.domain.certificates.importing.codes import LETTERS_OF_PROVINCE, CodeMaker, prefix_of
from shop.domain.certificates.models import Certificate
from tests.factories import make_certificate

pytestmark = pytest.mark.django_db


def test_prefix_of_knows_all_34_provinces_and_the_country():
    assert (prefix_of(province_code="68", year=2026), prefix_of(province_code="", year=2025)) == ("LD-2026-", "VN-2025-")
    assert len(set(LETTERS_OF_PROVINCE.values())) == len(LETTERS_OF_PROVINCE) == 34
    assert "VN" not in LETTERS_OF_PROVINCE.values()


def test_code_maker_counts_on_from_the_highest_code_ever_given():
    for code in ("LD-2026-00007", "LD-2026-00003", "LD-2025-00099", "LDX-2026-00050", "LD-2026-thu", "LD-2026-123"):
        make_certificate(code=code)
    undone = make_certificate(code="LD-2026-00011")
    Certificate.objects.filter(pk=undone.pk).update(undone_at=clock.now(), producer=None)
    codes = CodeMaker()

    given = [codes.next_code(province_code=province, year=year) for province, year in (("68", 2026), ("68", 2026), ("68", 2024))]

    assert given == ["LD-2026-00012", "LD-2026-00013", "LD-2024-00001"]
    assert codes.next_code(province_code="", year=2026) == "VN-2026-00001"
    make_certificate(code="LD-2023-99999")
    assert codes.next_code(province_code="68", year=2023) == "LD-2023-100000"
