"""Number, day and authority in the sentences around a table."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.titles import DecisionFacts, read_number, read_title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3981/QĐ-UBND", "3981/QĐ-UBND"), ("Số: 858 /QÐ - UBND", "858/QĐ-UBND"), ("1850/QĐ-UBND-HC", "1850/QĐ-UBND-HC"),
        ("377/qđ-bnn-vpđp", "377/QĐ-BNN-VPĐP"), ("12/QD-UBND", "12/QĐ-UBND"), ("1887/2025/QĐ-UBND", "1887/2025/QĐ-UBND"),
        ("2361/QĐ-BNNMT", "2361/QĐ-BNNMT"), ("12/QĐ-UBND – HC", "12/QĐ-UBND-HC"), ("1.887/QĐ-UBND", "1887/QĐ-UBND"),
        ("/QĐ-UBND", ""), ("3981", ""), ("Quyết định số …/QĐ-UBND", ""),
    ],
)  # fmt: skip
def test_read_number_spells_it_once(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (
            ["(Kèm theo Quyết định số 3981/QĐ-UBND ngày 05 tháng 8 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Lâm Đồng)"],
            DecisionFacts("UBND tỉnh Lâm Đồng", "3981/QĐ-UBND", date(2026, 8, 5)),
        ),
        (
            ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 12/QĐ-UBND", "Lâm Đồng, ngày 5 tháng 6 năm 2025"],
            DecisionFacts("UBND tỉnh Lâm Đồng", "12/QĐ-UBND", date(2025, 6, 5)),
        ),
        (
            [
                "Căn cứ Quyết định số 148/QĐ-TTg ngày 24/02/2023",
                "(Kèm theo Quyết định số 12/QĐ-UBND",
                "ngày 1-2-2024 của UBND TP. Hải Phòng)",
            ],
            DecisionFacts("UBND thành phố Hải Phòng", "12/QĐ-UBND", date(2024, 2, 1)),
        ),
        (
            ["Kèm theo Quyết định số 1887/QĐ-UBND ngày 16/6/2025 của UBND huyện Đắk Song, tỉnh Đắk Nông"],
            DecisionFacts("UBND huyện Đắk Song", "1887/QĐ-UBND", date(2025, 6, 16)),
        ),
        (
            ["Theo Quyết định 2361/QĐ-BNNMT ngày 26 tháng 6 năm 2025 của Bộ trưởng Bộ Nông nghiệp và Môi trường"],
            DecisionFacts("Bộ Nông nghiệp và Môi trường", "2361/QĐ-BNNMT", date(2025, 6, 26)),
        ),
        (
            ["(Kèm theo Quyết định số      /QĐ-UBND ngày    tháng    năm 2026 của UBND tỉnh Lâm Đồng)"],
            DecisionFacts("UBND tỉnh Lâm Đồng", "", None),
        ),
        (
            [
                "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "TỈNH ĐỒNG THÁP Độc lập - Tự do - Hạnh phúc",
                "Số: 1951/QĐ-UBND-HC Đồng Tháp, ngày 07 tháng 9 năm 2026",
            ],
            DecisionFacts("UBND tỉnh Đồng Tháp", "1951/QĐ-UBND-HC", date(2026, 9, 7)),
        ),
        (
            ["(Kèm theo Quyết định số 9/QĐ-UBND ngày 5/8/2018 của UBND thị xã Long Khánh)"],
            DecisionFacts("UBND thị xã Long Khánh", "9/QĐ-UBND", date(2018, 8, 5)),
        ),
        (
            ["(Kèm theo Quyết định số 9/QĐ-UBND ngày 5/8/2023 của UBND tỉnh Bà Rịa – Vũng Tàu)"],
            DecisionFacts("UBND tỉnh Bà Rịa - Vũng Tàu", "9/QĐ-UBND", date(2023, 8, 5)),
        ),
        (
            ["(Kèm theo Quyết định số 9/QĐ-UBND ngày 5/8/2023 của UBND tỉnh Thừa Thiên - Huế)"],
            DecisionFacts("UBND tỉnh Thừa Thiên Huế", "9/QĐ-UBND", date(2023, 8, 5)),
        ),
        (
            ["(Kèm theo Quyết định số 9/QĐ-UBND ngày 5/8/2023 của UBND huyện Đắk Song - tỉnh Đắk Nông)"],
            DecisionFacts("UBND huyện Đắk Song", "9/QĐ-UBND", date(2023, 8, 5)),
        ),
        (["DANH SÁCH SẢN PHẨM OCOP"], DecisionFacts()),
    ],
)
def test_read_title_finds_the_decision(lines, facts):
    assert read_title(lines) == facts
