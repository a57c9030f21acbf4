"""States, filters, fields and refusals of imports in the office's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shop.domain.certificates.importing import requesting
from shop.domain.certificates.importing.runs import ImportNotReady, State
from shop.domain.certificates.models import ImportRow, ImportRun
from shop.domain.listings.import_undoing import ObstacleKind, UndoTooLate

Text = str | Promise


@dataclass(frozen=True)
class StateWords:
    """A state of an import: its word, the colour of its pill, its drawing."""

    text: Text
    pill: str
    icon: str


STATES: dict[str, StateWords] = {
    State.READING: StateWords(pgettext_lazy("import", "Đang đọc"), "inf", "clock"),
    State.READ: StateWords(pgettext_lazy("import", "Chờ xem trước"), "wrn", "eye"),
    State.WAITING: StateWords(pgettext_lazy("import", "Chờ đồng nghiệp"), "wrn", "user"),
    State.APPLYING: StateWords(pgettext_lazy("import", "Đang ghi sổ"), "inf", "clock"),
    State.APPLIED: StateWords(pgettext_lazy("import", "Đã ghi sổ"), "ok", "check"),
    State.UNDOING: StateWords(pgettext_lazy("import", "Đang hoàn tác"), "inf", "clock"),
    State.UNDONE: StateWords(pgettext_lazy("import", "Đã hoàn tác"), "", "back"),
    State.FAILED: StateWords(pgettext_lazy("import", "Không xong"), "bad", "warn"),
    State.DISCARDED: StateWords(pgettext_lazy("import", "Đã bỏ"), "", "x"),
}
REFUSED = StateWords(pgettext_lazy("import", "Không đọc được"), "bad", "x")


@dataclass(frozen=True)
class Filter:
    """One way to look at the rows: its word in addresses, its text, its condition, where its number stands."""

    slug: str
    text: Text
    rank: int | None = None
    action: str = ""


FILTERS = (
    Filter("loi", pgettext_lazy("rows", "Lỗi"), rank=ImportRow.Rank.ERROR),
    Filter("canh-bao", pgettext_lazy("rows", "Cảnh báo"), rank=ImportRow.Rank.WARNING),
    Filter("hop-le", pgettext_lazy("rows", "Hợp lệ"), rank=ImportRow.Rank.VALID),
    Filter("moi", pgettext_lazy("rows", "Mới"), action="new"),
    Filter("cap-nhat", pgettext_lazy("rows", "Cập nhật"), action="changed"),
    Filter("khong-doi", pgettext_lazy("rows", "Không đổi"), action="unchanged"),
    Filter("mau-thuan", pgettext_lazy("rows", "Mâu thuẫn"), action="conflicting"),
    Filter("bo-qua", pgettext_lazy("rows", "Bỏ qua"), rank=ImportRow.Rank.SKIPPED),
)
RANKS: dict[int, StateWords] = {
    ImportRow.Rank.ERROR: StateWords(pgettext_lazy("rows", "Lỗi"), "bad", "x"),
    ImportRow.Rank.WARNING: StateWords(pgettext_lazy("rows", "Cảnh báo"), "wrn", "warn"),
    ImportRow.Rank.VALID: StateWords(pgettext_lazy("rows", "Hợp lệ"), "ok", "check"),
    ImportRow.Rank.SKIPPED: StateWords(pgettext_lazy("rows", "Bỏ qua"), "", "minus"),
}
ACTIONS: dict[str, Text] = {
    "new": pgettext_lazy("rows", "Mới"),
    "unchanged": pgettext_lazy("rows", "Không đổi"),
    "skipped": pgettext_lazy("rows", "Bỏ qua"),
}
FIELDS: dict[str, Text] = {
    "product": gettext_lazy("Tên sản phẩm"),
    "producer": gettext_lazy("Chủ thể"),
    "address": gettext_lazy("Địa chỉ"),
    "province": gettext_lazy("Tỉnh"),
    "group": gettext_lazy("Nhóm sản phẩm"),
    "stars": gettext_lazy("Xếp hạng"),
    "score": gettext_lazy("Điểm"),
    "product_code": gettext_lazy("Mã sản phẩm"),
    "number": gettext_lazy("Số quyết định"),
    "signed_on": gettext_lazy("Ngày ký"),
    "issued_on": gettext_lazy("Ngày cấp"),
    "expires_on": gettext_lazy("Ngày hết hạn"),
    "authority": gettext_lazy("Cơ quan ban hành"),
    "valid_until": gettext_lazy("Hiệu lực đến"),
}


@dataclass(frozen=True)
class OptionWords:
    """One thing a file may leave unsaid: what it is called, an example, and the problems that ask for it."""

    label: Text
    example: Text
    asked_by: frozenset[str]


OPTIONS: dict[str, OptionWords] = {
    "number": OptionWords(
        gettext_lazy("Số quyết định"), gettext_lazy("Ví dụ 3981/QĐ-UBND."), frozenset({"decision_number_missing"})
    ),
    "signed_on": OptionWords(gettext_lazy("Ngày ký"), gettext_lazy("Ví dụ 05/08/2026."), frozenset({"decision_date_missing"})),
    "authority": OptionWords(
        gettext_lazy("Cơ quan ban hành"),
        gettext_lazy("Ví dụ UBND tỉnh Lâm Đồng."),
        frozenset({"authority_missing", "authority_inferred"}),
    ),
    "stars": OptionWords(gettext_lazy("Hạng của các dòng không ghi"), gettext_lazy("3, 4 hoặc 5."), frozenset({"stars_missing"})),
    "province": OptionWords(
        gettext_lazy("Tỉnh của các dòng không ghi"),
        gettext_lazy("Tên tỉnh hiện nay hoặc trước 01/07/2025."),
        frozenset({"province_unknown", "province_of_row_unknown"}),
    ),
    "sheet": OptionWords(
        gettext_lazy("Trang cần đọc"),
        gettext_lazy("Tên hoặc số thứ tự của trang; để trống thì đọc mọi trang."),
        frozenset({"sheet_hidden", "sheet_not_found", "sheet_without_table"}),
    ),
}
FAILURES: dict[str, Text] = {
    "fault": gettext_lazy("Có lỗi ở phía chợ, không dòng nào được ghi. Hãy thử lại; nếu vẫn vậy, hãy báo người quản trị."),
    "given_up": gettext_lazy("Đã thử ba lần mà không xong, không dòng nào được ghi. Hãy kiểm tra tệp rồi thử lại."),
    "registry_changed": gettext_lazy("Sổ đăng ký đã đổi từ lúc xem trước, nên chưa ghi dòng nào. Hãy xem lại rồi ghi sổ."),
    "undo_blocked": gettext_lazy("Chưa hoàn tác được: vừa có việc mới với chứng nhận của danh sách này."),
}
OBSTACLES: dict[str, Text] = {
    ObstacleKind.SOLD: gettext_lazy("đã bán"),
    ObstacleKind.ACT: gettext_lazy("đã có việc khác với giấy chứng nhận"),
    ObstacleKind.CHANGED: gettext_lazy("đã được sửa"),
}
_SENTENCES: dict[type[Exception], Text] = {
    requesting.PreviewOutdated: gettext_lazy("Danh sách đã được kiểm tra lại từ lúc bạn mở trang. Hãy xem lại rồi ghi sổ."),
    requesting.NothingToApply: gettext_lazy("Không có dòng nào để ghi vào sổ."),
    requesting.WarningsUnread: gettext_lazy("Hãy đối chiếu các cảnh báo với biên bản trước khi ghi sổ."),
    requesting.OwnImport: gettext_lazy("Bạn đã yêu cầu ghi danh sách này, nên một cán bộ khác phải duyệt."),
    requesting.NotYourRequest: gettext_lazy("Chỉ người đã yêu cầu mới rút lại được; bạn có thể trả lại danh sách."),
    requesting.ReasonMissing: gettext_lazy("Hãy ghi vì sao trả lại danh sách."),
    UndoTooLate: gettext_lazy("Đã quá 24 giờ từ lúc ghi sổ, không hoàn tác được nữa. Hãy sửa từng giấy chứng nhận."),
}
REFUSALS = (ImportNotReady, *_SENTENCES)


def sentence_of(error: Exception) -> str:
    """Say in one sentence why something could not be done with an import."""
    if isinstance(error, ImportNotReady):
        return _("Danh sách đang ở tình trạng «%(state)s» nên không làm được việc này.") % {"state": STATES[error.state].text}
    return str(_SENTENCES[type(error)])


def words_of(run: ImportRun) -> StateWords:
    """Return the state of an import in words; a file nothing could be read from says so."""
    if run.state == State.READ and not run.report.get("ranks"):
        return REFUSED
    return STATES[run.state]
