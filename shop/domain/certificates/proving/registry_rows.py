"""The rows of the open data: which columns, in which order, and where each value comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from ..models import Certificate, UnprovenEntry
from ..state import live_state

ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Column:
    """One column of a file; `schema` is its JSON Schema, `meaning` what it says, in Vietnamese and in English."""

    name: str
    schema: dict[str, Any]
    meaning: str
    meaning_en: str
    value: Callable[[Any, date], Any]


@dataclass(frozen=True)
class Dataset:
    """A set of rows that is published as CSV and as JSON."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Any]]

    def records(self, *, as_of: date) -> Iterator[dict[str, Any]]:
        """Yield every row as it stands on that day."""
        for row in self.rows():
            yield {column.name: column.value(row, as_of) for column in self.columns}


TEXT, DAY = {"type": "string"}, {"type": "string", "format": "date"}
TEXT_OR_NOTHING, DAY_OR_NOTHING = {"type": ["string", "null"]}, {"type": ["string", "null"], "format": "date"}
STATES = ["valid", "expiring", "extended", "expired", "suspended", "revoked"]


def _certificates() -> Iterator[Certificate]:
    found = Certificate.objects.select_related("decision", "province", "commune", "superseded_by").order_by("code")
    return found.iterator(chunk_size=ROWS_AT_ONCE)


def _unproven() -> Iterator[UnprovenEntry]:
    return UnprovenEntry.objects.select_related("province").order_by("pk").iterator(chunk_size=ROWS_AT_ONCE)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# A household's street is its home: places go no deeper than the commune.
CERTIFICATES = Dataset(
    name="so-dang-ky",
    rows=_certificates,
    columns=(
        Column("code", TEXT, "Mã giấy chứng nhận", "Code of the certificate", lambda row, _: row.code),
        Column("product", TEXT, "Sản phẩm, như trong quyết định", "Product, as in the decision", lambda row, _: row.product_name),
        Column(
            "producer", TEXT, "Chủ thể, như trong quyết định", "Producer, as in the decision", lambda row, _: row.producer_name
        ),
        Column(
            "province_code",
            TEXT_OR_NOTHING,
            "Mã tỉnh, thành phố hiện nay (34)",
            "Code of today's province or city (34)",
            lambda row, _: row.province_id,
        ),
        Column(
            "province",
            TEXT_OR_NOTHING,
            "Tỉnh, thành phố hiện nay",
            "Today's province or city",
            lambda row, _: row.province.name if row.province else None,
        ),
        Column(
            "commune_code",
            TEXT_OR_NOTHING,
            "Mã phường, xã, đặc khu hiện nay",
            "Code of today's commune, ward or special zone",
            lambda row, _: row.commune_id,
        ),
        Column(
            "commune",
            TEXT_OR_NOTHING,
            "Phường, xã, đặc khu hiện nay",
            "Today's commune, ward or special zone",
            lambda row, _: row.commune.full_name if row.commune else None,
        ),
        Column("stars", {"enum": [3, 4, 5]}, "Hạng sao", "Stars", lambda row, _: row.stars),
        Column(
            "score",
            {"type": ["string", "null"], "pattern": r"^\d{1,3}\.\d{2}$"},
            "Điểm trên 100, nếu quyết định có ghi",
            "Score out of 100, where the decision says it",
            lambda row, _: f"{row.score:.2f}" if row.score is not None else None,
        ),
        Column(
            "criteria_set",
            {"type": ["integer", "null"], "minimum": 1, "maximum": 26},
            "Số bộ tiêu chí (1–26), nếu quyết định có ghi",
            "Number of the criteria set (1–26), where the decision says it",
            lambda row, _: row.criteria_set,
        ),
        Column("product_code", TEXT, "Mã sản phẩm như in", "Product code as printed", lambda row, _: row.product_code),
        Column("decision_number", TEXT, "Số quyết định", "Number of the decision", lambda row, _: row.decision.number),
        Column("decision_authority", TEXT, "Cơ quan công nhận", "Authority", lambda row, _: row.decision.authority),
        Column("decision_signed_on", DAY, "Ngày ký quyết định", "Day it was signed", lambda row, _: _day(row.decision.signed_on)),
        Column("issued_on", DAY, "Ngày cấp", "Issued on", lambda row, _: _day(row.issued_on)),
        Column("valid_until", DAY, "Hiệu lực đến hết ngày", "Last valid day", lambda row, _: _day(row.valid_until)),
        Column("extended_until", DAY_OR_NOTHING, "Gia hạn đến", "Extended until", lambda row, _: _day(row.extended_until)),
        Column(
            "state",
            {"enum": STATES},
            "Tình trạng vào ngày của tệp; ba tình trạng đầu là còn hiệu lực",
            "State on the day of the file; the first three are valid",
            lambda row, as_of: live_state(row, today=as_of).value,
        ),
        Column("stopped_on", DAY_OR_NOTHING, "Đình chỉ, thu hồi từ ngày", "Stopped since", lambda row, _: _day(row.stopped_on)),
        Column(
            "stop_decision", TEXT, "Số quyết định đình chỉ, thu hồi", "Decision that stopped it", lambda row, _: row.stop_decision
        ),
        Column(
            "superseded_by",
            TEXT_OR_NOTHING,
            "Mã giấy mới hơn đã thay giấy này",
            "Code of the newer certificate in its place",
            lambda row, _: row.superseded_by.code if row.superseded_by else None,
        ),
        Column(
            "is_sample",
            {"type": "boolean"},
            "Dữ liệu mẫu để trình diễn, không phải giấy thật",
            "A sample for demonstration, no real certificate",
            lambda row, _: row.decision.is_sample,
        ),
        Column("url", {"type": "string", "format": "uri"}, "Trang xác minh", "Check page", lambda row, _: _check_page(row.code)),
    ),
)
UNPROVEN = Dataset(
    name="chua-chung-minh",
    rows=_unproven,
    columns=(
        Column("product", TEXT, "Sản phẩm, như nguồn ghi", "Product, as the source says", lambda row, _: row.product_name),
        Column("producer", TEXT, "Chủ thể, như nguồn ghi", "Producer, as the source says", lambda row, _: row.producer_name),
        Column(
            "province",
            TEXT_OR_NOTHING,
            "Tỉnh, thành phố hiện nay",
            "Today's province or city",
            lambda row, _: row.province.name if row.province else None,
        ),
        Column(
            "stars_as_printed", TEXT, "Hạng sao như nguồn ghi", "Stars, as the source says", lambda row, _: row.stars_as_printed
        ),
        Column(
            "decision_number",
            TEXT,
            "Số quyết định như nguồn ghi",
            "Decision, as the source says",
            lambda row, _: row.decision_number,
        ),
        Column(
            "decision_date",
            TEXT,
            "Ngày quyết định như nguồn ghi",
            "Its date, as the source says",
            lambda row, _: row.decision_date,
        ),
        Column("year", TEXT, "Năm như nguồn ghi", "Year, as the source says", lambda row, _: row.year),
        Column("source", TEXT, "Nguồn", "Source", lambda row, _: row.source),
    ),
)
DATASETS = {dataset.name: dataset for dataset in (CERTIFICATES, UNPROVEN)}


def _check_page(code: str) -> str:
    return f"{settings.BASE_URL}/xac-minh/{code}/"
