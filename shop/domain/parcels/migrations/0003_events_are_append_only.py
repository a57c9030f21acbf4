import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shop.common.append_only import keep_append_only


class Migration(migrations.Migration):
    dependencies = [
        ("parcels", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="parcelevent",
            name="actor",
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name="parcelevent",
            name="parcel",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="parcels.parcel"),
        ),
        keep_append_only("parcels_parcelevent"),
    ]
