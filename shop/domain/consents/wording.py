"""The words people agree to, by version. A change of words is a new version; the old ones stay, they are the proof."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Purpose


@dataclass(frozen=True)
class Wording:
    """What stands beside one box: the title, and the sentence that is agreed to."""

    version: str
    title: str | Promise
    text: str | Promise


# Newest last.
WORDINGS: dict[str, tuple[Wording, ...]] = {
    Purpose.BACK_IN_STOCK: (
        Wording(
            "2026-11",
            _("Báo khi có hàng trở lại"),
            _("Tôi đồng ý để Chợ OCOP nhắn một lần cho mỗi sản phẩm tôi chọn, khi sản phẩm đó mua được trở lại."),
        ),
    ),
    Purpose.NEWS_EMAIL: (
        Wording(
            "2026-11",
            _("Tin mới và ưu đãi qua e-mail"),
            _(
                "Tôi đồng ý nhận tin quảng cáo của Chợ OCOP qua e-mail, nhiều nhất 3 thư mỗi ngày, "
                "và có thể ngừng bất cứ lúc nào."
            ),
        ),
    ),
    Purpose.NEWS_SMS: (
        Wording(
            "2026-11",
            _("Tin mới và ưu đãi qua SMS"),
            _("Tôi đồng ý nhận tin quảng cáo của Chợ OCOP qua SMS, nhiều nhất 3 tin mỗi ngày, và có thể ngừng bất cứ lúc nào."),
        ),
    ),
}


def wording_of(purpose: str) -> Wording:
    """Return the words that are shown today."""
    return WORDINGS[purpose][-1]
