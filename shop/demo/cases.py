"""Sample cases for trying the office's queue: late, new and closed, each saying that it is a sample."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from shop.domain.cases.models import Case
from shop.domain.cases.opening import Report, Reporter, open_case
from shop.domain.certificates.models import Certificate

# example.vn is nobody's: whatever is sent there is only kept in the office's list of messages.
REPORTER = Reporter(name="Người báo mẫu", email="nguoi-bao@example.vn", has_consented=True)
SAMPLES = (
    (timedelta(days=8), REPORTER, "question", "MẪU – Giấy gia hạn có được in tem mới không?", {}),
    (
        timedelta(hours=30),
        REPORTER,
        "false_star",
        "MẪU – Tem trên gói ghi 5 sao, quét mã thì giấy đã hết hiệu lực.",
        {"seen_at": "Chợ phiên cuối tuần (mẫu)"},
    ),
    (
        timedelta(hours=3),
        Reporter(),
        "false_star",
        "MẪU – Trang bán hàng dán sao OCOP mà không ghi số quyết định.",
        {"link": "https://cua-hang.example.vn/tra-shan", "product_name": "Trà shan tuyết (mẫu)", "code": "AG-2020-99999"},
    ),
)


def load_sample_cases(*, now: datetime) -> list[Case]:
    """Open the sample cases; safe to repeat, each has a form key of its own."""
    lapsed = Certificate.objects.filter(valid_until__lt=now.date(), decision__is_sample=True).order_by("code").first()
    cases = []
    for place, (age, reporter, kind, body, more) in enumerate(SAMPLES):
        about = {"code": lapsed.code} if lapsed and "seen_at" in more else {}
        report = Report(kind=kind, body=body, **about, **more)
        key = uuid5(NAMESPACE_URL, f"sample-case-{place}")
        cases.append(open_case(form_key=key, report=report, reporter=reporter, now=now - age))
    return cases
