from django.db import migrations

from shop.common.append_only import keep_append_only


class Migration(migrations.Migration):
    dependencies = [("audit_log", "0001_audit_entries")]

    operations = [keep_append_only("audit_log_auditentry")]
