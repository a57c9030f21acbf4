from django.db import migrations

from shop.common.append_only import keep_append_only


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_consent_records")]

    operations = [keep_append_only("consents_consentrecord")]
