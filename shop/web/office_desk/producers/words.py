"""Standings and acts in the office's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.domain.producers.models import Membership, ProducerEvent, ProducerProfile

S = ProducerProfile.Status
A = ProducerEvent.Action
STANDINGS = {
    S.UNCLAIMED: (_("Chưa nhận"), ""),
    S.PENDING: (_("Chờ duyệt"), "wrn"),
    S.ACTIVE: (_("Đang hoạt động"), "ok"),
    S.SUSPENDED: (_("Bị đình chỉ"), "bad"),
    S.TERMINATED: (_("Đã chấm dứt"), "bad"),
}
ROLES = {
    Membership.Role.OWNER: _("Chủ"),
    Membership.Role.ORDERS: _("Đơn hàng"),
    Membership.Role.LISTINGS: pgettext_lazy("desk", "Sản phẩm"),
    Membership.Role.MONEY: _("Tiền về"),
}
HAPPENINGS = {
    A.CLAIMED: _("Có người nhận"),
    A.APPROVED: _("Được duyệt"),
    A.REFUSED: _("Yêu cầu nhận bị từ chối"),
    A.SUSPENDED: _("Bị đình chỉ"),
    A.REINSTATED: _("Được hoạt động lại"),
    A.TERMINATED: _("Bị chấm dứt"),
}


@dataclass(frozen=True)
class Act:
    """One act: its name in forms, its button, what it does, what is said afterwards."""

    name: str
    button: str | Promise
    effect: str | Promise
    done: str | Promise
    needs_reason: bool = True
    is_grave: bool = False


APPROVE = Act(
    "approve",
    _("Duyệt"),
    _("Chủ thể bán được ngay: đặt giá, ghi tồn kho, đăng bán."),
    _("Đã duyệt, chủ thể được báo."),
    needs_reason=False,
)
REFUSE = Act(
    "refuse",
    _("Từ chối yêu cầu nhận"),
    _("Người đã nhận mất quyền ngay; chủ thể trở lại «chưa nhận» và cần mã mới."),
    _("Đã từ chối, người yêu cầu được báo lý do."),
)
SUSPEND = Act(
    "suspend",
    _("Đình chỉ"),
    _(
        "Mọi sản phẩm ngừng bán ngay, giỏ hàng bị chặn, kiện chưa trả tiền huỷ, kiện chưa gửi tạm giữ, "
        "tiền về dừng, người của chủ thể phải đăng nhập lại và chỉ đọc."
    ),
    _("Đã đình chỉ. Sản phẩm ngừng bán, kiện chưa gửi tạm giữ, mọi người được báo."),
    is_grave=True,
)
REINSTATE = Act(
    "reinstate",
    _("Cho hoạt động lại"),
    _("Sản phẩm đang bán trước đây trở lại, kiện tạm giữ được gửi tiếp."),
    _("Chủ thể hoạt động lại, kiện tạm giữ được gửi tiếp."),
)
TERMINATE = Act(
    "terminate",
    _("Chấm dứt"),
    _("Không rút lại được. Kiện chưa gửi huỷ, sản phẩm lưu trữ, tiền về dừng. Giấy chứng nhận vẫn ở trong sổ đăng ký."),
    _("Đã chấm dứt. Kiện chưa gửi đã huỷ, sản phẩm đã lưu trữ."),
    is_grave=True,
)
ACTS = {act.name: act for act in (APPROVE, REFUSE, SUSPEND, REINSTATE, TERMINATE)}
ACTS_AT = {
    S.UNCLAIMED: (TERMINATE,),
    S.PENDING: (APPROVE, REFUSE, TERMINATE),
    S.ACTIVE: (SUSPEND, TERMINATE),
    S.SUSPENDED: (REINSTATE, TERMINATE),
    S.TERMINATED: (),
}
NOTHING_TO_DO = _("Việc này đã được làm trước đó, không có gì thay đổi.")
NOT_FROM_HERE = _("Không làm được: chủ thể đang ở tình trạng «%(standing)s». Trang này đã cập nhật.")
OWN = _("Bạn làm việc cho chủ thể này nên không quyết định được. Hãy để đồng nghiệp làm.")
NOBODY = _("Chưa có ai là chủ ở đây, nên chưa duyệt được: sẽ không ai trả lời đơn hàng.")
BUSY = _("Nhiều người đang đặt hàng cùng lúc. Chưa có gì thay đổi, hãy thử lại sau vài giây.")
