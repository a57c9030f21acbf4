from django.db import migrations


class Migration(migrations.Migration):
    """Deleting a producer locks whatever could point at it, with this right; the trigger keeps refusing every change."""

    dependencies = [("producers", "0002_standing_and_claims")]

    operations = [
        migrations.RunSQL(
            "GRANT UPDATE, DELETE ON producers_producerevent TO CURRENT_USER;",
            "REVOKE UPDATE, DELETE ON producers_producerevent FROM CURRENT_USER;",
        )
    ]
