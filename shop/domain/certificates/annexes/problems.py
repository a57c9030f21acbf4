"""What is wrong with a file, a row or a cell: one code each, said to people in their language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext, gettext_noop


class ProblemLevel(StrEnum):
    """An error keeps its row out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


# What stands where no column is to blame.
COLUMN_NAMES = {
    "product": gettext_noop("Tên sản phẩm"),
    "producer": gettext_noop("Chủ thể"),
    "address": gettext_noop("Địa chỉ"),
    "province": gettext_noop("Tỉnh"),
    "group": gettext_noop("Nhóm sản phẩm"),
    "stars": gettext_noop("Xếp hạng"),
    "score": gettext_noop("Điểm"),
    "number": gettext_noop("Số quyết định"),
    "signed_on": gettext_noop("Ngày ký"),
    "issued_on": gettext_noop("Ngày cấp"),
    "expires_on": gettext_noop("Ngày hết hạn"),
    "authority": gettext_noop("Cơ quan ban hành"),
    "product_code": gettext_noop("Mã sản phẩm"),
}

WARNINGS: Mapping[str, str] = {
    "authority_inferred": gettext_noop("không ghi cơ quan ban hành; suy ra «%(found)s» từ tỉnh hoặc huyện, hãy kiểm tra"),
    "decision_from_other_sheet": gettext_noop("trang này không ghi quyết định; dùng quyết định %(found)s của trang khác"),
    "duplicate_row": gettext_noop("trùng với dòng %(found)s; chỉ nhập một lần"),
    "group_of_older_scheme": gettext_noop("nhóm «%(value)s» theo bộ tiêu chí cũ, nay xếp vào «%(found)s»"),
    "group_unknown": gettext_noop("nhóm «%(value)s» không có trong danh mục của Quyết định 26/2026/QĐ-TTg"),
    "lookalike_letters": gettext_noop("có chữ cái của bảng chữ khác (%(found)s); cần chữ Latinh, hãy kiểm tra chính tả"),
    "list_shrinks": gettext_noop(
        "danh sách thiếu %(found)s chứng nhận đã đăng ký của quyết định này; không thu hồi chứng nhận nào"
    ),
    "ministry_gives_five_stars": gettext_noop(
        "Bộ chỉ công nhận hạng 5 sao; hạng %(found)s sao thường do tỉnh công nhận, hãy kiểm tra"
    ),
    "number_repeats_in_year": gettext_noop(
        "số quyết định này của cùng cơ quan đã có với ngày khác trong năm (%(found)s), hãy kiểm tra"
    ),
    "numbers_grow_row_by_row": gettext_noop("số quyết định tăng đều từng dòng, giống như bị kéo chuột sao chép; hãy kiểm tra"),
    "potential_five_stars": gettext_noop("«%(value)s»: chỉ nhập hạng đã công nhận, hạng tiềm năng không được tính"),
    "producer_missing": gettext_noop("không có chủ thể; chứng nhận sẽ chờ chủ thể và chưa được đăng bán"),
    "province_unknown": gettext_noop("không biết sản phẩm thuộc tỉnh nào"),
    "row_not_understood": gettext_noop("dòng này không phải sản phẩm, tiêu đề hay tổng cộng; đã bỏ qua"),
    "score_above_stars": gettext_noop(
        "điểm %(value)s đủ cho %(reached)s sao nhưng xếp hạng %(stars)s sao; giữ hạng của quyết định"
    ),
    "sheet_hidden": gettext_noop("trang ẩn không được nhập; chọn bằng --sheet nếu cần"),
    "sheet_without_table": gettext_noop("trang này không có bảng sản phẩm; đã bỏ qua"),
    "stars_differ_from_title": gettext_noop("xếp hạng %(value)s khác tiêu đề (%(found)s sao); giữ hạng của dòng"),
    "total_differs": gettext_noop("ghi %(value)s sản phẩm nhưng đọc được %(found)s"),
}

ERRORS: Mapping[str, str] = {
    "archive_bomb": gettext_noop("tệp nén quá lớn hoặc nén bất thường; cần một bảng tính thông thường dưới 50 MB khi giải nén"),
    "archive_path": gettext_noop("tệp nén chứa đường dẫn không hợp lệ; cần một bảng tính thông thường"),
    "authority_missing": gettext_noop("không biết cơ quan ban hành; cần ghi trong tệp hoặc cho bằng --authority"),
    "damaged": gettext_noop("không đọc được tệp, có thể đã hỏng; cần xlsx, xls, ods hoặc csv nguyên vẹn"),
    "date_drag_filled": gettext_noop("năm tăng đều từng dòng, giống như bị kéo chuột sao chép; cần ngày thật của từng dòng"),
    "date_in_future": gettext_noop("«%(value)s» là ngày trong tương lai; cần ngày không sau %(found)s"),
    "date_too_early": gettext_noop("«%(value)s» sớm hơn chương trình OCOP; cần ngày từ năm 2013"),
    "date_unreadable": gettext_noop("không hiểu ngày «%(value)s»; cần dạng 05/08/2026"),
    "decision_date_missing": gettext_noop("không có ngày ký quyết định; cần ghi trong tệp hoặc cho bằng --signed-on"),
    "decision_number_missing": gettext_noop("không có số quyết định; cần ghi trong tệp hoặc cho bằng --number"),
    "document_type": gettext_noop("tệp chứa khai báo DTD/ENTITY; không chương trình văn phòng nào ghi như vậy"),
    "duplicate_contradicts": gettext_noop(
        "trùng với dòng %(found)s nhưng nội dung khác; mỗi sản phẩm của một chủ thể chỉ có một dòng"
    ),
    "duplicate_code": gettext_noop("mã sản phẩm trùng với dòng %(found)s; mỗi mã chỉ thuộc một sản phẩm"),
    "encoding_unknown": gettext_noop("không hiểu bảng mã chữ; cần UTF-8, UTF-16 hoặc Windows-1258"),
    "encrypted": gettext_noop("tệp có mật khẩu; cần tệp không mật khẩu"),
    "expiry_before_issue": gettext_noop("ngày hết hạn «%(value)s» trước ngày cấp %(found)s"),
    "expiry_not_36_months": gettext_noop("ngày hết hạn «%(value)s» không đúng 36 tháng từ ngày cấp; cần %(found)s"),
    "file_empty": gettext_noop("tệp trống"),
    "file_not_found": gettext_noop("không tìm thấy tệp"),
    "file_too_big": gettext_noop("tệp quá lớn; tối đa 20 MB"),
    "five_star_candidate": gettext_noop("«%(value)s» chưa phải hạng được công nhận; cần hạng 3, 4 hoặc 5 sao"),
    "five_stars_need_ministry": gettext_noop("hạng 5 sao chỉ do Bộ công nhận, không phải %(found)s"),
    "formula": gettext_noop("ô chứa công thức «%(value)s»; cần giá trị, không phải công thức"),
    "header_not_found": gettext_noop(
        "không tìm thấy hàng tiêu đề; cần ít nhất cột «Tên sản phẩm» và một trong các cột «Chủ thể», «Địa chỉ», «Xếp hạng»"
    ),
    "no_rows": gettext_noop("không có dòng sản phẩm nào"),
    "not_a_list": gettext_noop("tệp không phải bảng tính (%(found)s); cần xlsx, xls, ods hoặc csv"),
    "number_unreadable": gettext_noop("không hiểu số quyết định «%(value)s»; cần dạng 3981/QĐ-UBND"),
    "option_contradicts_file": gettext_noop(
        "tệp ghi «%(found)s» nhưng tùy chọn cho «%(value)s»; tùy chọn chỉ bổ sung điều tệp không ghi"
    ),
    "outside_scope": gettext_noop("sản phẩm thuộc %(found)s; bạn chỉ nhập được sản phẩm của %(needed)s"),
    "province_of_row_unknown": gettext_noop("không biết sản phẩm thuộc tỉnh nào; bạn chỉ nhập được sản phẩm của %(needed)s"),
    "option_unreadable": gettext_noop("không hiểu giá trị «%(value)s» của tùy chọn %(found)s"),
    "product_missing": gettext_noop("không có tên sản phẩm"),
    "quotes_open": gettext_noop("dấu ngoặc kép không đóng; không chắc các dòng sau có đúng"),
    "registry_differs": gettext_noop("sổ đăng ký ghi %(found)s, tệp ghi %(value)s; hãy đối chiếu với quyết định"),
    "score_below_stars": gettext_noop("Điểm %(value)s chỉ đạt %(reached)s sao (%(stars)s sao cần từ %(needed)s)"),
    "score_unreadable": gettext_noop("không hiểu điểm «%(value)s»; cần số từ 0 đến 100"),
    "sheet_not_found": gettext_noop("không có trang «%(value)s»; các trang: %(found)s"),
    "stars_contradict": gettext_noop("«%(value)s» nêu nhiều hạng khác nhau; cần một hạng 3, 4 hoặc 5 sao"),
    "stars_contradict_section": gettext_noop("hạng «%(value)s» khác mục phía trên (%(found)s sao)"),
    "stars_missing": gettext_noop("không có xếp hạng; cần 3, 4 hoặc 5 sao, hoặc cho bằng --stars"),
    "stars_out_of_range": gettext_noop("«%(value)s» ngoài khoảng; chỉ hạng 3, 4, 5 sao có quyết định công nhận"),
    "stars_unreadable": gettext_noop("không hiểu xếp hạng «%(value)s»; cần 3, 4 hoặc 5 sao"),
    "text_too_long": gettext_noop("dài %(found)s ký tự; tối đa %(limit)s"),
    "too_many_rows": gettext_noop("quá nhiều dòng hoặc cột; tối đa 30.000 dòng"),
    "too_much_memory": gettext_noop("tệp cần quá nhiều bộ nhớ; cần một bảng tính thông thường"),
    "too_slow": gettext_noop("đọc tệp quá 25 giây; cần một bảng tính thông thường"),
    "wrong_province": gettext_noop("không có tỉnh «%(value)s»"),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `row` counts as people see it; `column` is the heading as printed."""

    code: str
    row: int | None = None
    column: str = ""
    value: str = ""
    sheet: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> ProblemLevel:
        return ProblemLevel.WARNING if self.code in WARNINGS else ProblemLevel.ERROR

    @property
    def is_error(self) -> bool:
        return self.level is ProblemLevel.ERROR

    @property
    def message(self) -> str:
        """The sentence in the active language: where, and what was expected."""
        place = self._place()
        return f"{place}: {self._what()}" if place else self.sentence

    @property
    def sentence(self) -> str:
        """What was expected, where the place is clear: beside its row."""
        what = self._what()
        return f"{what[:1].upper()}{what[1:]}"

    def as_json(self) -> dict[str, object]:
        """Return the problem as the report shows it."""
        return {
            "row": self.row,
            "column": self.column or None,
            "value": self.value,
            "level": str(self.level),
            "code": self.code,
            "message": self.message,
            "sheet": self.sheet or None,
        }

    def as_stored(self) -> dict[str, object]:
        """Return the problem so that `from_stored` can say it again in any language."""
        return {
            "code": self.code,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "sheet": self.sheet,
            "facts": dict(self.facts),
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Problem":
        """Return the problem that `as_stored` wrote."""
        return cls(**stored)

    def _what(self) -> str:
        return gettext(WARNINGS.get(self.code) or ERRORS[self.code]) % {"value": self.value, **self.facts}

    def _place(self) -> str:
        if self.row is None:
            return gettext("Trang «%(sheet)s»") % {"sheet": self.sheet} if self.sheet and not self.column else ""
        if not self.column:
            return gettext("Dòng %(row)s") % {"row": self.row}
        return gettext("Dòng %(row)s, cột «%(column)s»") % {"row": self.row, "column": self.column}


def column_name(field_name: str) -> str:
    """Return what a column is called where the file has none."""
    return gettext(COLUMN_NAMES.get(field_name, field_name))
