"""Annexes as offices make them, from known rows: every layout the reader must survive, with the truth beside it."""

import csv
import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from shop.domain.certificates.sheets.grid import Sheet

CERTIFIED = settings.BASE_DIR / "shop" / "demo" / "data" / "certified_products.csv"

STAR_SPELLINGS = (
    "{n} sao", "{n} sao ({signs})", "{n}*", "{signs}", "Ocop.{n}", "{word} sao", "Hạng {n} sao", "OCOP {n} sao", "0{n} sao",
    "({signs})", "Đạt {n} sao", "{n}", "Hạng {n}", "{n} SAO", "{word} ({n}) sao", "{n}★", "{n}.0",
)  # fmt: skip
DAY_SPELLINGS = ("{d:%d/%m/%Y}", "{d.day}/{d.month}/{d.year}", "{d:%d.%m.%Y}", "{d:%d-%m-%Y}", "{d:%Y-%m-%d}",
                 "ngày {d:%d} tháng {d.month} năm {d.year}")  # fmt: skip
WORDS = {3: "Ba", 4: "Bốn", 5: "Năm"}
ORDER = ("TT", "STT", "Số TT", "Stt")
PRODUCT = ("Tên sản phẩm", "Sản phẩm", "Tên SP", "TÊN SẢN PHẨM", "Tên sản phẩm OCOP")
PRODUCER = ("Chủ thể", "Tên chủ thể", "Chủ thể SXKD", "Đơn vị", "Cơ sở", "Chủ thể OCOP", "ChuTheSXKD")
BOTH = ("Đơn vị sản xuất, địa chỉ", "Tên, địa chỉ chủ thể", "Chủ thể (địa chỉ)")
ADDRESS = ("Địa chỉ", "Xã, huyện", "Huyện/TP", "Địa bàn", "Địa chỉ sản xuất")
STARS = ("Xếp hạng", "Phân hạng", "Hạng sao", "XepHang", "Kết quả", "Kết quả phân hạng", "Hạng")
GROUP = ("Nhóm sản phẩm", "Ngành hàng", "Nhóm/Ngành hàng", "Nhóm")
NUMBER = ("Số quyết định", "Quyết định số", "Số QĐ")
SIGNED = ("Ngày ký", "Ngày ban hành", "Ngày quyết định", "Ngày cấp")
TITLES = (
    "(Kèm theo Quyết định số {number} {day} của UBND tỉnh {province})",
    "Ban hành kèm theo Quyết định số: {number}, {day} của Ủy ban nhân dân tỉnh {province}",
    "Kèm theo Quyết định số {number} {day} của Chủ tịch UBND tỉnh {province}",
    "PHỤ LỤC Quyết định số {number} {day} của UBND tỉnh {province}",
)
SIGNATURES = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "CHỦ TỊCH", "Nơi nhận:")


@dataclass(frozen=True)
class TrueRow:
    product: str
    producer: str
    address: str
    group: str
    stars: int
    row: int = 0


@dataclass
class Built:
    """A sheet with the rows that must be read out of it."""

    sheet: Sheet
    rows: list[TrueRow] = field(default_factory=list)
    number: str = ""
    signed_on: date | None = None
    authority: str = ""


def certified_rows() -> list[dict[str, str]]:
    with CERTIFIED.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class AnnexBuilder:
    """Builds one annex out of a seed; `merges` is off for formats that have no merged cells."""

    def __init__(self, seed: int, rows: list[dict[str, str]], *, merges: bool = True):
        self.dice = random.Random(seed)  # noqa: S311 -- layouts, not secrets
        self.merges = merges
        self.cells: list[list] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.source = self.dice.sample(rows, self.dice.randint(1, 14))
        self.star_in = self.dice.choice(("column", "column", "section", "title", "ticks"))
        self.place_in = self.dice.choice(("column", "column", "with producer", "section"))
        self.has_group = self.dice.random() < 0.5
        self.has_order = self.dice.random() < 0.85 or self.place_in == "section" or self.star_in == "section"
        self.decision_in = self.dice.choice(("title", "title", "columns"))
        self.two_rows = (
            self.dice.random() < 0.4 and self.place_in == "column" and self.decision_in == "title" and self.star_in != "ticks"
        )
        self.number = f"{self.dice.randint(1, 9999)}/QĐ-UBND" + self.dice.choice(("", "", "-HC"))
        self.signed_on = date(self.dice.randint(2019, 2026), self.dice.randint(1, 9), self.dice.randint(1, 28))
        self.one_star = self.dice.choice((3, 4))

    def build(self) -> Built:
        province = "Lâm Đồng"
        built = Built(Sheet("Phụ lục", self.cells, self.merged), [], self.number, self.signed_on, f"UBND tỉnh {province}")
        if self.star_in == "title":
            self.add([f"DANH SÁCH SẢN PHẨM OCOP ĐẠT {self.one_star} SAO NĂM {self.signed_on.year}"])
        elif self.dice.random() < 0.7:
            self.add([self.dice.choice(("PHỤ LỤC", "DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN OCOP", "Biểu số 01"))])
        if self.decision_in == "title":
            day = self.dice.choice(
                ("ngày {d:%d} tháng {d.month} năm {d.year}", "ngày {d:%d/%m/%Y}", "ngày {d.day}/{d.month}/{d.year}")
            )
            self.add(
                [self.dice.choice(TITLES).format(number=self.noisy_number(), day=day.format(d=self.signed_on), province=province)]
            )
        if self.dice.random() < 0.6:
            self.add([])
        fields = self.header()
        self.body(fields, built)
        self.footer(len(fields), built)
        width = max(len(cells) for cells in self.cells)
        for cells in self.cells:
            cells.extend([None] * (width - len(cells)))
        return built

    def add(self, cells: list) -> int:
        self.cells.append([cell if cell != "" else None for cell in cells])
        return len(self.cells) - 1

    def noisy_number(self) -> str:
        return self.dice.choice((self.number, self.number.replace("Đ", "Ð"), self.number.replace("/", " /", 1)))

    def header(self) -> list[str]:
        middle = ["product", *(["both"] if self.place_in == "with producer" else ["producer"])]
        if self.place_in == "column":
            middle.append("address")
        if self.dice.random() < 0.25 and not self.two_rows:
            middle = middle[1:] + middle[:1]
        fields = (["order"] if self.has_order else []) + middle + (["group"] if self.has_group else [])
        fields += {"column": ["stars"], "ticks": ["tick3", "tick4"]}.get(self.star_in, [])
        if self.decision_in == "columns":
            fields += ["number", "signed", "authority"]
        names = {
            "order": ORDER, "product": PRODUCT, "producer": PRODUCER, "both": BOTH, "address": ADDRESS, "group": GROUP,
            "stars": STARS, "number": NUMBER, "signed": SIGNED,
            "authority": ("Cơ quan ban hành",), "tick3": ("3 sao",), "tick4": ("4 sao",),
        }  # fmt: skip
        if self.two_rows and "producer" in fields:
            self.two_row_header(fields, names)
        else:
            self.add([self.dice.choice(names[name]) for name in fields])
        if self.dice.random() < 0.15 and len(fields) > 2:
            self.add([f"({place + 1})" for place in range(len(fields))])
        return fields

    def two_row_header(self, fields: list[str], names: dict) -> None:
        place = fields.index("producer")
        top = [self.dice.choice(names[name]) for name in fields]
        top[place], top[place + 1] = self.dice.choice(("Chủ thể OCOP", "Chủ thể", "Thông tin chủ thể")), None
        first = self.add(top)
        below: list = [None] * len(fields)
        below[place], below[place + 1] = self.dice.choice(("Tên chủ thể", "Tên")), "Địa chỉ"
        self.add(below)
        if self.merges:
            self.merged.append((first, place, first, place + 1))
            self.merged += [
                (first, column, first + 1, column) for column in range(len(fields)) if column not in (place, place + 1)
            ]

    def body(self, fields: list[str], built: Built) -> None:
        sections = self.sections()
        order = 0
        for heading, place, stars, rows in sections:
            if heading:
                at = 1 if self.has_order else 0
                row = self.add(["I" if at else None, heading] if at else [heading])
                if self.merges and self.dice.random() < 0.5:
                    self.merged.append((row, at, row, len(fields) - 1))
            start = len(self.cells)
            for source in rows:
                order += 1
                self.product_row(fields, source, order, stars=stars, place=place, built=built)
            self.merge_producers(fields, start)

    def sections(self) -> list[tuple]:
        if self.star_in == "section":
            half = len(self.source) // 2
            parts = ((4, self.source[:half]), (3, self.source[half:]))
            texts = (
                "Sản phẩm đạt {n} sao",
                "Công nhận sản phẩm đạt hạng {n} sao, gồm 0{c} sản phẩm",
                "HẠNG {n} SAO",
                "{n} sao ({signs})",
            )
            return [(self.dice.choice(texts).format(n=n, c=len(rows), signs="*" * n), None, n, rows) for n, rows in parts if rows]
        if self.place_in == "section":
            half = len(self.source) // 2
            parts = (("huyện Đắk Song", self.source[:half]), ("huyện Tuy Đức", self.source[half:]))
            texts = (str.upper, str.capitalize, lambda text: f"{text.capitalize()} ({{c}} sản phẩm)")
            return [
                (self.dice.choice(texts)(place).replace("{c}", str(len(rows))), place, None, rows)
                for place, rows in parts
                if rows
            ]
        return [("", None, None, self.source)]

    def product_row(self, fields, source, order, *, stars, place, built) -> None:
        stars = stars or (self.one_star if self.star_in == "title" else self.dice.choice((3, 4)))
        address = source["district_or_commune"] if self.place_in != "section" else (place or "")
        if self.place_in == "with producer" and not source["producer_name"]:
            address = ""
        both = ", ".join(filter(None, (source["producer_name"], address)))
        group = source["group"] if self.has_group else ""
        spelling = self.dice.choice(STAR_SPELLINGS)
        values = {
            "order": self.dice.choice((order, float(order), str(order))), "product": self.noisy(source["product_name"]),
            "producer": self.noisy(source["producer_name"]), "both": self.noisy(both), "address": self.noisy(address),
            "group": group,
            "stars": self.dice.choice((stars, spelling.format(n=stars, signs="*" * stars, word=WORDS[stars]))),
            "tick3": "x" if stars == 3 else None, "tick4": "X" if stars == 4 else None, "number": self.noisy_number(),
            "signed": self.day(), "authority": "UBND tỉnh Lâm Đồng",
        }  # fmt: skip
        row = self.add([values[name] for name in fields])
        built.rows.append(TrueRow(source["product_name"], source["producer_name"], address, group, stars, row + 1))

    def day(self):
        if self.dice.random() < 0.3:
            return self.dice.choice((self.signed_on, float((self.signed_on - date(1899, 12, 30)).days)))
        return self.dice.choice(DAY_SPELLINGS).format(d=self.signed_on)

    def noisy(self, text: str) -> str:
        if not text:
            return text
        noise = self.dice.choice(("none", "none", "nfd", "eth", "nbsp", "spaces", "caps"))
        return {
            "none": text, "nfd": unicodedata.normalize("NFD", text), "eth": text.replace("Đ", "Ð"),
            "nbsp": text.replace(" ", "\u00a0"),
            "spaces": f"  {text.replace(' ', '  ')} ", "caps": text.upper(),
        }[noise]  # fmt: skip

    def merge_producers(self, fields: list[str], start: int) -> None:
        """Merge equal neighbours of the producer's columns down, as offices do."""
        if not self.merges or "producer" not in fields:
            return
        column = fields.index("producer")
        row = start
        while row < len(self.cells):
            end = row
            while end + 1 < len(self.cells) and self.same_producer(fields, row, end + 1):
                end += 1
            if end > row:
                for merged in [column] + ([fields.index("address")] if "address" in fields else []):
                    self.merged.append((row, merged, end, merged))
                    for below in range(row + 1, end + 1):
                        self.cells[below][merged] = None
            row = end + 1

    def same_producer(self, fields: list[str], first: int, second: int) -> bool:
        columns = [fields.index(name) for name in ("producer", "address") if name in fields]
        plain = [
            [unicodedata.normalize("NFKC", str(self.cells[row][c] or "")).casefold().strip() for c in columns]
            for row in (first, second)
        ]
        return plain[0] == plain[1] and bool(plain[0][0])

    def footer(self, width: int, built: Built) -> None:
        at = 1 if self.has_order else 0
        if self.dice.random() < 0.4:
            self.add(
                [None] * at
                + [self.dice.choice(("Tổng cộng: {c} sản phẩm", "Tổng số: 0{c} sản phẩm", "Cộng: {c}")).format(c=len(built.rows))]
            )
        if self.dice.random() < 0.5:
            self.add([])
        for text in self.dice.sample(SIGNATURES, self.dice.randint(0, 3)):
            self.add([None] * self.dice.randint(0, width - 1) + [text])
