from datetime import date, datetime, timezone

from django.db import migrations

# The market opens without a commission (shop/common/promises.py).
LAUNCH = {"scope": "default", "name": "Mở sàn: không thu phí", "percent": 0, "starts_on": date(2025, 1, 1)}
SOURCE = (
    "Nghị định 117/2025/NĐ-CP, hiệu lực 01/07/2025: sàn có chức năng đặt hàng và thanh toán khấu trừ, nộp thay hộ và cá nhân "
    "theo từng giao dịch hàng hoá: thuế GTGT 1%, thuế TNCN 0,5%. Chưa đối chiếu: một nguồn nói Nghị định 252/2026/NĐ-CP "
    "(hiệu lực 01/07/2026) đã thay nghị định này và giữ nghĩa vụ khấu trừ; nguồn khác (09/09/2026) vẫn ghi 117/2025. "
    "Hãy kiểm tra văn bản gốc trước khi mở bán thật."
)
GOODS = {"activity": "goods", "vat_percent": 1, "income_tax_percent": "0.5", "starts_on": date(2025, 7, 1), "source": SOURCE}
WRITTEN_AT = datetime(2026, 11, 28, tzinfo=timezone.utc)


def add_first_rates(apps, schema_editor):
    apps.get_model("ledger", "CommissionRule").objects.create(created_at=WRITTEN_AT, **LAUNCH)
    tax_rates = apps.get_model("ledger", "TaxRate").objects
    for legal_form in ("household", "individual"):
        tax_rates.create(created_at=WRITTEN_AT, legal_form=legal_form, **GOODS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards_of_the_books")]

    operations = [migrations.RunPython(add_first_rates, migrations.RunPython.noop)]
