import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shop.common.append_only import keep_append_only


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0005_requests_refused_withdrawn_and_bulk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="certificateevent",
            name="actor",
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        keep_append_only("certificates_certificateevent", is_referenced=True),
    ]
