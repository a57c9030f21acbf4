"""What the room of pages says when something cannot be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.domain.pages.texts import TextProblem

CHANGED_MEANWHILE = gettext_lazy(
    "Người khác vừa lưu trang này. Chữ bạn gõ vẫn còn bên dưới; bản đang lưu ở cuối trang. Sửa rồi bấm lưu để thay bản đó."
)
PLACEHOLDER_WORDS: dict[str, str | Promise] = {
    "return_window_days": gettext_lazy("số ngày đổi trả"),
    "return_answered_within_hours": gettext_lazy("số giờ chủ thể trả lời yêu cầu trả hàng"),
    "return_decided_within_days": gettext_lazy("số ngày văn phòng quyết định việc trả hàng"),
    "return_sent_within_days": gettext_lazy("số ngày người mua gửi hàng trả"),
    "return_received_within_days": gettext_lazy("số ngày hàng trả được coi là đã đến"),
    "fresh_food_reported_within_hours": gettext_lazy("số giờ báo hàng tươi hỏng"),
    "missing_information_cancel_within_days": gettext_lazy("số ngày huỷ khi thiếu thông tin"),
    "complaint_acknowledged_within_hours": gettext_lazy("số giờ xác nhận khiếu nại"),
    "complaint_answered_within_days": gettext_lazy("số ngày trả lời khiếu nại"),
    "parcel_confirmed_within_hours": gettext_lazy("số giờ chủ thể xác nhận kiện"),
    "commission_percent": gettext_lazy("phần trăm hoa hồng"),
    "star_correct_within_seconds": gettext_lazy("số giây để dấu sao đúng lại"),
    "recipient_blanked_after_days": gettext_lazy("số ngày xoá người nhận tin"),
    "personal_data_request_answered_within_days": gettext_lazy("số ngày trả lời yêu cầu về dữ liệu"),
    "cod_limit_vnd": gettext_lazy("mức cao nhất trả khi nhận hàng"),
    "operator_name": gettext_lazy("tên đơn vị vận hành"),
    "operator_address": gettext_lazy("địa chỉ đơn vị vận hành"),
    "operator_tax_code": gettext_lazy("mã số thuế"),
    "operator_moit_number": gettext_lazy("số thủ tục với Bộ Công Thương"),
    "operator_phone": gettext_lazy("điện thoại"),
    "operator_email": gettext_lazy("thư điện tử"),
    "shop_host": gettext_lazy("tên miền của sàn"),
    "delivery_table": gettext_lazy("bảng phí giao hàng, đứng riêng một đoạn"),
    "operator_details": gettext_lazy("bảng thông tin đơn vị vận hành, đứng riêng một đoạn"),
    "registry_numbers": gettext_lazy("số liệu sổ đăng ký, đứng riêng một đoạn"),
}


def sentence_of(problem: TextProblem) -> str:
    """Say what is wrong with a field and what to do."""
    words = ", ".join(problem.words)
    if problem.code == "empty":
        return _("Cần có bản tiếng Việt.")
    if problem.code == "too_long":
        length, longest = problem.words
        return _("Dài %(length)s ký tự, nhiều nhất %(longest)s.") % {"length": length, "longest": longest}
    if problem.code == "unknown_placeholder":
        return _("Không có ô thay thế nào tên là: %(words)s. Danh sách ở cuối trang.") % {"words": words}
    return _("Đường dẫn không dùng được: %(words)s. Dùng https://, mailto:, tel: hoặc / của sàn.") % {"words": words}
