"""What the audit log's actions, kinds of objects and fields are called; an unknown one shows as it was written."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

ACTIONS: dict[str, Text] = {
    "access.refused": _("Bị từ chối truy cập"),
    "audit.exported": _("Tải nhật ký về máy"),
    "case.answered": _("Trả lời vụ việc"),
    "case.asked": _("Hỏi thêm về vụ việc"),
    "case.closed": _("Đóng vụ việc"),
    "case.handed_over": _("Chuyển người xử lý vụ việc"),
    "case.noted": _("Ghi chú vụ việc"),
    "case.reopened": _("Mở lại vụ việc"),
    "case.taken": _("Nhận xử lý vụ việc"),
    "certificate.act_approved": _("Duyệt việc cần hai cán bộ"),
    "certificate.act_refused": _("Từ chối việc cần hai cán bộ"),
    "certificate.act_requested": _("Gửi yêu cầu việc cần hai cán bộ"),
    "certificate.act_withdrawn": _("Rút lại yêu cầu việc cần hai cán bộ"),
    "certificate.downgraded": _("Hạ sao giấy chứng nhận"),
    "certificate.extended": _("Gia hạn giấy chứng nhận"),
    "certificate.lifted": _("Bỏ tạm đình chỉ giấy chứng nhận"),
    "certificate.restored": _("Khôi phục giấy chứng nhận"),
    "certificate.revoked": _("Thu hồi giấy chứng nhận"),
    "certificate.superseded": _("Thay giấy chứng nhận bằng giấy mới"),
    "certificate.suspended": _("Tạm đình chỉ giấy chứng nhận"),
    "certificates.exported": _("Tải danh sách chứng nhận về máy"),
    "import.applied": _("Ghi danh sách vào sổ"),
    "import.approved": _("Ký duyệt danh sách"),
    "import.corrected": _("Sửa dòng của danh sách"),
    "import.discarded": _("Bỏ danh sách"),
    "import.downloaded": _("Tải tệp của danh sách"),
    "import.options_given": _("Bổ sung thông tin cho danh sách"),
    "import.read": _("Đọc danh sách"),
    "import.refused": _("Trả lại danh sách"),
    "import.requested": _("Gửi danh sách chờ ký"),
    "import.row_skipped": _("Bỏ qua dòng của danh sách"),
    "import.row_taken": _("Lấy lại dòng của danh sách"),
    "import.undone": _("Hoàn tác nhập danh sách"),
    "import.uploaded": _("Tải danh sách lên"),
    "import.withdrawn": _("Rút lại yêu cầu ký danh sách"),
    "listing.approved": _("Duyệt nội dung sản phẩm"),
    "listing.archived": _("Cất sản phẩm khỏi gian hàng"),
    "listing.changes_requested": _("Yêu cầu sửa nội dung sản phẩm"),
    "listing.hidden": _("Tạm ẩn sản phẩm"),
    "listing.price_set": _("Đổi giá"),
    "listing.published": _("Đưa sản phẩm lên kệ"),
    "listing.rejected": _("Từ chối nội dung sản phẩm"),
    "listing.submitted": _("Gửi nội dung sản phẩm chờ duyệt"),
    "page.operator_declared": _("Khai báo đơn vị vận hành"),
    "page.published": _("Công bố trang thông tin"),
    "parcel.cancelled": _("Huỷ kiện đang giữ"),
    "parcel.released": _("Cho gửi tiếp kiện đang giữ"),
    "person.erased": _("Xoá dữ liệu cá nhân"),
    "person.erasure_requested": _("Yêu cầu xoá dữ liệu cá nhân"),
    "person.erasure_withdrawn": _("Rút lại yêu cầu xoá dữ liệu"),
    "person.exported": _("Tải dữ liệu cá nhân"),
    "producer.approved": _("Duyệt chủ thể"),
    "producer.claim_code_made": _("Tạo mã nhận gian hàng"),
    "producer.claimed": _("Nhận gian hàng"),
    "producer.member_added": _("Thêm người vào gian hàng"),
    "producer.member_removed": _("Bỏ người khỏi gian hàng"),
    "producer.refused": _("Từ chối chủ thể"),
    "producer.reinstated": _("Cho chủ thể hoạt động lại"),
    "producer.suspended": _("Tạm đình chỉ chủ thể"),
    "producer.terminated": _("Chấm dứt chủ thể"),
    "stock.counted": _("Sửa số hàng tồn"),
}
KINDS: dict[str, Text] = {
    "certificate": _("Giấy chứng nhận"),
    "act_request": _("Việc cần hai cán bộ"),
    "producer": _("Chủ thể"),
    "listing": _("Sản phẩm"),
    "stock": _("Hàng tồn"),
    "parcel": _("Kiện hàng"),
    "import": _("Nhập danh sách"),
    "case": _("Vụ việc"),
    "page": _("Trang thông tin"),
    "operator": _("Đơn vị vận hành"),
    "export": _("Tệp tải về"),
    "person": _("Tài khoản"),
    "order": _("Đơn hàng"),
    "address": _("Địa chỉ trang"),
}
FIELDS: dict[str, Text] = {
    "stored_state": _("Tình trạng"),
    "state": _("Tình trạng"),
    "status": _("Tình trạng"),
    "stopped_on": _("Dừng từ"),
    "stop_reason": _("Lý do dừng"),
    "stop_decision": _("Quyết định dừng"),
    "is_safety_matter": _("An toàn"),
    "extended_until": _("Gia hạn đến"),
    "extension_reason": _("Lý do gia hạn"),
    "stars": _("Hạng sao"),
    "superseded_by_id": _("Giấy thay thế"),
    "superseded_on": _("Thay từ"),
    "price_vnd": _("Giá"),
    "on_hand": _("Tồn kho"),
    "role": _("Vai trò"),
    "decision_number": _("Số quyết định"),
    "effective_on": _("Có hiệu lực từ"),
    "rows": _("Số dòng"),
    "certificates": _("Số giấy"),
    "requested_by": _("Người gửi yêu cầu"),
}
PLAIN_STATES: dict[str, Text] = {
    "active": _("đang hiệu lực"),
    "suspended": _("tạm đình chỉ"),
    "revoked": _("thu hồi"),
}


def action_text(action: str) -> Text:
    """Say what was done; the raw name of an action nobody gave words to."""
    return ACTIONS.get(action, action)


def kind_text(object_type: str) -> Text:
    """Say what kind of thing it was done to."""
    return KINDS.get(object_type, object_type)


def field_text(name: str) -> Text:
    """Say which field changed."""
    return FIELDS.get(name, name)
