"""The desk's words for states that the domain names in one English word."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.domain.listings.models import Listing
from shop.domain.listings.publishing import Obstacle
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.worklist import Tab

S = Parcel.Status
TAB_NAMES = {
    Tab.TO_CONFIRM: _("Chờ xác nhận"),
    Tab.TO_PACK: _("Cần đóng gói"),
    Tab.TO_SHIP: _("Chờ lấy hàng"),
    Tab.ON_THE_WAY: _("Đang giao"),
    Tab.DONE: _("Hoàn tất"),
    Tab.RETURNS: _("Trả hàng"),
    Tab.STOPPED: _("Đã dừng"),
}
STATUS_NAMES = {
    S.PENDING: _("Chờ thanh toán"),
    S.TO_CONFIRM: _("Chờ xác nhận"),
    S.PACKING: _("Cần đóng gói"),
    S.SHIPPED: _("Đang giao"),
    S.DELIVERED: _("Đã giao"),
    S.CLOSED: _("Hoàn tất"),
    S.DECLINED: _("Đã từ chối"),
    S.CANCELLED: _("Đã huỷ"),
    S.ON_HOLD: _("Tạm giữ"),
    S.RETURNING: _("Đang trả về"),
    S.RETURNED: _("Đã trả về"),
    S.LOST: _("Thất lạc"),
}
STATUS_KINDS = {
    S.TO_CONFIRM: "wrn",
    S.PACKING: "wrn",
    S.ON_HOLD: "wrn",
    S.SHIPPED: "inf",
    S.DELIVERED: "ok",
    S.CLOSED: "ok",
    S.DECLINED: "bad",
    S.CANCELLED: "bad",
    S.LOST: "bad",
}
BUSY = _("Có người khác đang xử lý đúng việc này. Chưa có gì thay đổi: hãy bấm lại sau vài giây.")
STOPPED = _("Văn phòng OCOP đã dừng gian hàng này: bạn chỉ xem được. Chưa có gì thay đổi.")
PACKED_NAME = _("Đã đóng gói")
PAYMENT_NAMES = {
    "cod": _("COD, thu khi giao"),
    "vietqr": _("VietQR"),
    "bank_transfer": _("Chuyển khoản"),
    "card": _("Thẻ"),
    "credit": _("Công nợ"),
}
LISTING_STATES = {
    Listing.State.DRAFT: (_("Chưa đăng bán"), ""),
    Listing.State.SUBMITTED: (_("Chờ duyệt"), "inf"),
    Listing.State.CHANGES_REQUESTED: (_("Cần sửa"), "wrn"),
    Listing.State.APPROVED: (_("Đã duyệt"), "inf"),
    Listing.State.LIVE: (pgettext_lazy("listing", "Đang bán"), "ok"),
    Listing.State.HIDDEN: (_("Tạm ẩn"), ""),
    Listing.State.ARCHIVED: (_("Đã lưu trữ"), ""),
}
OBSTACLES = {
    Obstacle.ARCHIVED: _("Sản phẩm này đã lưu trữ, không đăng bán lại được."),
    Obstacle.IN_REVIEW: _("Văn phòng đang duyệt sản phẩm này."),
    Obstacle.NOT_READ: _("Văn phòng cần đọc phần giới thiệu bạn đã viết trước khi đăng bán. Hãy gửi duyệt."),
    Obstacle.OFFICE_ASKED: _("Văn phòng đã trả lại phần giới thiệu của sản phẩm này. Hãy sửa rồi gửi duyệt lại."),
    Obstacle.PRODUCER_INACTIVE: _("Gian hàng của bạn chưa hoạt động hoặc đang bị đình chỉ. Hãy liên hệ văn phòng OCOP."),
    Obstacle.NO_CERTIFICATE: _("Chưa có giấy chứng nhận OCOP cho sản phẩm này trong sổ đăng ký."),
    Obstacle.CERTIFICATE_EXPIRED: _(
        "Giấy chứng nhận đã hết hiệu lực. Sản phẩm bán lại được khi quyết định công nhận mới vào sổ đăng ký."
    ),
    Obstacle.CERTIFICATE_SUSPENDED: _("Giấy chứng nhận đang bị đình chỉ. Hãy xem lý do ở trang xác minh."),
    Obstacle.CERTIFICATE_REVOKED: _("Giấy chứng nhận đã bị thu hồi."),
    Obstacle.ALCOHOL: _("Đồ uống có cồn lên kệ sau khi văn phòng đã đọc bài và xem giấy phép: gửi bài để duyệt."),
    Obstacle.NO_PRICE: _("Hãy đặt giá trước khi đăng bán."),
}
