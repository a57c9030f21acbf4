from django.db import migrations

from shop.common.append_only import keep_append_only


class Migration(migrations.Migration):

    dependencies = [("cases", "0001_cases_and_their_history")]

    operations = [keep_append_only("cases_caseevent")]
