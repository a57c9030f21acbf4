"""Fields, answers and warnings in the office's words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.domain.listings.claim_guard import ClaimKind
from shop.domain.listings.models import ListingRevision

R = ListingRevision.State
FIELDS = {
    "title": _("Tên trên trang bán"),
    "description": _("Mô tả ngắn"),
    "story": _("Câu chuyện sản phẩm"),
    "ingredients": _("Thành phần"),
    "storage": _("Bảo quản"),
    "shelf_life": _("Hạn dùng"),
}
WARNINGS = {
    ClaimKind.MORE_STARS: _("Nói nhiều sao hơn giấy chứng nhận"),
    ClaimKind.NOT_CERTIFIED: _("Tự nhận OCOP khi không có giấy còn hiệu lực"),
    ClaimKind.MEDICINE: _("Nói công dụng chữa bệnh của thực phẩm"),
}
ANSWERS = {
    R.SUBMITTED: (_("Chờ duyệt"), "inf"),
    R.APPROVED: (_("Đã duyệt"), "ok"),
    R.CHANGES_REQUESTED: (_("Đã yêu cầu sửa"), "wrn"),
    R.REJECTED: (_("Đã từ chối"), "bad"),
    R.REPLACED: (_("Chủ thể đã gửi bản khác"), ""),
}
DONE = {
    "approve": _("Đã duyệt. Nội dung mới lên trang bán ngay, chủ thể được báo."),
    "ask": _("Đã trả lại để sửa, chủ thể được báo lý do."),
    "reject": _("Đã từ chối, chủ thể được báo lý do."),
}
ENGLISH = pgettext_lazy("language", "tiếng Anh")
OWN = _("Bạn làm việc cho chủ thể này nên không duyệt được. Hãy để đồng nghiệp duyệt.")
CHANGED = _("Chủ thể vừa gửi bản khác hoặc giá vừa đổi trong lúc bạn đọc. Đây là bản mới: hãy đọc lại rồi trả lời.")
ANSWERED = _("Đồng nghiệp đã trả lời trước bạn: %(answer)s. Câu trả lời của bạn không được ghi.")
BUSY = _("Có người khác đang xử lý đúng việc này. Chưa có gì thay đổi: hãy bấm lại sau vài giây.")
