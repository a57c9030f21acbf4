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


def number_of(*lines):
    return read_title(list(lines)).number


def test_a_decision_that_is_only_cited_recognises_nothing():
    assert number_of("Căn cứ Quyết định số 919/QĐ-UBND ngày 01/8/2022") == ""
    assert number_of("Thực hiện Quyết định số 919/QĐ-UBND", "Số: 12/QĐ-UBND") == "12/QĐ-UBND"
    assert number_of("Theo Bộ tiêu chí của Quyết định 919/QĐ-UBND; Quyết định số 12/QĐ-UBND") == "12/QĐ-UBND"
    assert number_of("Quyết định số 26/2026/QĐ-TTg ngày 22/5/2026", "Quyết định số 12/QĐ-UBND") == "12/QĐ-UBND"
    assert number_of("Quyết định số 26/QĐ-TTg-NN", "Quyết định số 9/QĐ-VPCP") == ""


def test_the_decision_a_list_is_attached_to_comes_before_others():
    assert number_of("Số: 11/QĐ-UBND", "(Kèm theo Quyết định số 12/QĐ-UBND)") == "12/QĐ-UBND"
    assert number_of("Số: 11/QĐ-UBND", "Số: 12/QĐ-UBND") == "11/QĐ-UBND"
    # Not near enough to speak of it.
    assert number_of("Số: 11/QĐ-UBND", "Kèm theo danh sách " + "x " * 90, "Số: 12/QĐ-UBND") == "11/QĐ-UBND"
    assert number_of("Số: 11/QĐ-UBND", "Kèm theo danh sách " + "x " * 50, "Số: 12/QĐ-UBND") == "12/QĐ-UBND"


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        # What follows the next number belongs to that one.
        (
            ["Kèm theo Quyết định số 12/QĐ-UBND và Quyết định số 11/QĐ-UBND ngày 05/8/2026 của UBND tỉnh Lâm Đồng"],
            DecisionFacts("", "12/QĐ-UBND", date(2026, 8, 5)),
        ),
        (
            ["Số: 12/QĐ-UBND", "Tờ trình " + "x " * 200, "ban hành ngày 05/8/2026 của UBND tỉnh Lâm Đồng"],
            DecisionFacts("", "12/QĐ-UBND", None),
        ),
        # The first day behind the number is its own.
        (
            ["Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026, thay Quyết định ngày 01/01/2024"],
            DecisionFacts("", "12/QĐ-UBND", date(2026, 8, 5)),
        ),
        # The authority ends with its sentence.
        (
            ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026); UBND tỉnh Lâm Đồng"],
            DecisionFacts("", "12/QĐ-UBND", date(2026, 8, 5)),
        ),
        (
            ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026 của", "UBND tỉnh Lâm Đồng)"],
            DecisionFacts("UBND tỉnh Lâm Đồng", "12/QĐ-UBND", date(2026, 8, 5)),
        ),
        (
            ["Kèm theo Quyết định số 12/QĐ-UBND UBND tỉnh Lâm Đồng"],
            DecisionFacts("UBND tỉnh Lâm Đồng", "12/QĐ-UBND", None),
        ),
        # The head of a letter, on one line or two.
        (["UBND TỈNH LÂM ĐỒNG", "Số: 12/QĐ-UBND"], DecisionFacts("UBND tỉnh Lâm Đồng", "12/QĐ-UBND", None)),
        (["ỦY BAN NHÂN DÂN", "HUYỆN ĐẮK SONG", "DANH SÁCH"], DecisionFacts("UBND huyện Đắk Song", "", None)),
        (["ỦY BAN NHÂN DÂN"], DecisionFacts()),
        (["BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"], DecisionFacts("Bộ Nông nghiệp và Môi trường", "", None)),
        (["Bộ NN&PTNT"], DecisionFacts("Bộ Nông nghiệp và Phát triển nông thôn", "", None)),
        (["Gửi UBND tỉnh Lâm Đồng"], DecisionFacts()),
        (["Cơ quan ban hành:", "Đơn vị ban hành: UBND tỉnh Lâm Đồng"], DecisionFacts("UBND tỉnh Lâm Đồng", "", None)),
        (["Danh sách kèm theo", "Ban hành bởi UBND tỉnh Lâm Đồng"], DecisionFacts("UBND tỉnh Lâm Đồng", "", None)),
        # The place line: one day, of this decision.
        (["Lâm Đồng, ngày 5 tháng 8 năm 2026"], DecisionFacts(signed_on=date(2026, 8, 5))),
        (["(ngày 5/8/2026)"], DecisionFacts(signed_on=date(2026, 8, 5))),
        (["Quyết định của tỉnh, 5/8/2026"], DecisionFacts(signed_on=date(2026, 8, 5))),
        (["Họp ngày 5/8/2026"], DecisionFacts()),
        (["Lâm Đồng, ngày 5/8/2026 và 6/8/2026"], DecisionFacts()),
        (["Lâm Đồng, ngày 5/8/2026 (05-8-2026)"], DecisionFacts(signed_on=date(2026, 8, 5))),
        (["Căn cứ Quyết định ngày 5/8/2026", "Quyết định ngày 6/8/2026"], DecisionFacts(signed_on=date(2026, 8, 6))),
        (["Quyết định của TTg, ngày 5/8/2026", "Lâm Đồng, ngày 6/8/2026"], DecisionFacts(signed_on=date(2026, 8, 6))),
        (["Lâm Đồng, ngày 31/2/2026", "Lâm Đồng, ngày 6/8/2026"], DecisionFacts(signed_on=date(2026, 8, 6))),
    ],
)
def test_read_title_takes_each_fact_from_its_own_place(lines, facts):
    assert read_title(lines) == facts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12/QĐ-VPDP", "12/QĐ-VPĐP"),
        ("12/QĐ-NN&PTNT", "12/QĐ-NNPTNT"),
        ("12/QĐ-UBND.", "12/QĐ-UBND"),
        ("12-QĐ/UBND", "12/QĐ-UBND"),
        ("12.345/QĐ-UBND", "12345/QĐ-UBND"),
        ("1/2024/QĐ-UBND", "1/2024/QĐ-UBND"),
    ],
)
def test_read_number_knows_every_office(text, number):
    assert read_number(text) == number
