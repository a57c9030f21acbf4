from django.db import migrations

from shop.common.append_only import keep_append_only


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_pages_and_versions")]

    operations = [keep_append_only("pages_pageversion"), keep_append_only("pages_operatorrecord")]
