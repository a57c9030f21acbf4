from dataclasses import replace

import pytest
from django.template import Context, Template

from tests.components.gallery import CERTIFICATES, FISH_SAUCE

SAMPLE = replace(FISH_SAUCE, is_sample=True)


def rendered(tag: str, certificate) -> str:
    return Template(f"{{% load ocop %}}{{% {tag} certificate %}}").render(Context({"certificate": certificate}))


@pytest.mark.parametrize("tag", ["ocop_badge", "ocop_cert", "ocop_label"])
def test_every_size_shows_nothing_without_a_certificate(tag):
    assert rendered(tag, None).strip() == ""


@pytest.mark.parametrize("tag", ["ocop_badge", "ocop_cert", "ocop_label"])
def test_every_size_says_that_a_sample_is_one(tag):
    assert "mẫu" in rendered(tag, SAMPLE).lower()
    assert "mẫu" not in rendered(tag, FISH_SAUCE).lower()


def test_ocop_badge_says_the_full_sentence_and_leads_to_the_check():
    badge = rendered("ocop_badge", FISH_SAUCE)
    assert 'aria-label="OCOP 5 sao, năm 2025, còn hiệu lực đến 14/08/2028. Xem giấy chứng nhận' in badge
    assert 'href="/xac-minh/AG-2025-01834/"' in badge


def test_ocop_cert_shows_decision_authority_and_time_left():
    panel = rendered("ocop_cert", FISH_SAUCE)
    assert "1834/QĐ-BNNMT, Bộ Nông nghiệp và Môi trường" in panel
    assert 'aria-label="Còn 1 năm 8 tháng"' in panel


def test_ocop_cert_tells_why_a_star_was_extended():
    assert "Hội đồng tỉnh xét" in rendered("ocop_cert", CERTIFICATES[2])


@pytest.mark.parametrize(
    ("certificate", "stamp"),
    [(CERTIFICATES[3], "HẾT HIỆU LỰC"), (CERTIFICATES[4], "TẠM ĐÌNH CHỈ"), (CERTIFICATES[5], "ĐÃ THU HỒI")],
)
def test_ocop_label_of_a_star_that_is_not_true_is_void(certificate, stamp):
    label = rendered("ocop_label", certificate)
    assert "is-void" in label
    assert f'data-void="{stamp}"' in label


@pytest.mark.parametrize("certificate", CERTIFICATES[:3])
def test_ocop_label_of_a_valid_star_is_not_void(certificate):
    assert "is-void" not in rendered("ocop_label", certificate)


@pytest.mark.parametrize("tag", ["ocop_badge", "ocop_cert", "ocop_label"])
@pytest.mark.parametrize("certificate", CERTIFICATES)
def test_every_size_is_free_of_inline_style(tag, certificate):
    assert "style=" not in rendered(tag, certificate)
