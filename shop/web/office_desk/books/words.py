"""What the room of books calls things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue_ext.models import Product
from shop.domain.ledger.auditing import PayoutStop
from shop.domain.ledger.models import Account, CommissionRule, TaxRate
from shop.domain.producers.models import ProducerProfile

Text = str | Promise
K = Account.Kind

SCOPES: dict[str, Text] = {
    CommissionRule.Scope.DEFAULT: _("Mọi hàng hoá"),
    CommissionRule.Scope.PRODUCER: _("Một chủ thể"),
    CommissionRule.Scope.CATEGORY: _("Một nhóm hàng"),
    CommissionRule.Scope.PRODUCT: _("Một sản phẩm"),
    CommissionRule.Scope.PROGRAMME: _("Chương trình có thời hạn"),
}
LEGAL_FORMS: dict[str, Text] = {
    ProducerProfile.LegalForm.HOUSEHOLD: _("Hộ kinh doanh"),
    ProducerProfile.LegalForm.INDIVIDUAL: _("Cá nhân"),
}
ACTIVITIES: dict[str, Text] = {
    TaxRate.Activity.GOODS: _("Bán hàng hoá"),
    TaxRate.Activity.TRANSPORT: _("Vận chuyển"),
}
STOPS: dict[str, Text] = {
    PayoutStop.NEVER_AUDITED: _("Sổ sách chưa được kiểm tra lần nào, nên chưa chi trả được."),
    PayoutStop.RED: _("Sổ sách không khớp, nên mọi khoản chi trả tự dừng."),
    PayoutStop.TOO_LONG_AGO: _("Lần kiểm tra sổ sách gần nhất đã quá 36 giờ, nên mọi khoản chi trả tự dừng."),
}
# Where the money is, then whose it is, then what the shop paid for.
ACCOUNTS: dict[str, Text] = {
    K.BANK: _("Tài khoản ngân hàng"),
    K.GATEWAY_CLEARING: _("Cổng thanh toán đang giữ"),
    K.COD_CARRIER: _("Tiền mặt ở hãng vận chuyển"),
    K.COD_PRODUCER: _("Tiền mặt ở chủ thể"),
    K.DISPUTED: _("Ngân hàng của khách đang giữ vì khiếu nại"),
    K.PRODUCER_HELD: _("Giữ cho chủ thể đến hết hạn đổi trả"),
    K.PRODUCER_PAYABLE: _("Phải trả chủ thể"),
    K.REFUND_DUE: _("Phải hoàn cho khách"),
    K.UNALLOCATED: _("Tiền chưa biết của đơn nào"),
    K.TAX_WITHHELD: _("Thuế đã khấu trừ, phải nộp thay"),
    K.COMMISSION: _("Phí sàn"),
    K.GATEWAY_FEE: _("Phí cổng thanh toán và khoản mất"),
    K.DISCOUNT_PLATFORM: _("Giảm giá do sàn chịu"),
}
V = Product.VatClass
VAT_CLASSES: dict[str, Text] = {
    V.NOT_SUBJECT: _("Không chịu thuế (KCT)"),
    V.NOT_DECLARED: _("Không kê khai (KKKNT)"),
    V.ZERO: "0%",
    V.FIVE: "5%",
    V.EIGHT: "8%",
    V.TEN: "10%",
}
IN_FORCE = pgettext_lazy("rate", "đang áp dụng")
TO_COME = pgettext_lazy("rate", "sắp áp dụng")
OVER = pgettext_lazy("rate", "đã hết")
CARRIED_OUT = pgettext_lazy("rate", "đã thực hiện")
TAKEN_BACK = pgettext_lazy("rate", "đã rút lại")
