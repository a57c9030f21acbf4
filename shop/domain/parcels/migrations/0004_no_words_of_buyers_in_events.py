from django.db import migrations

# Why a parcel was called off is written by buyers, or about them, and stands on the parcel. The history can never be
# changed again, so this is done once here, with the guard off for a moment.
BLANK = """
    GRANT UPDATE ON parcels_parcelevent TO CURRENT_USER;
    ALTER TABLE parcels_parcelevent DISABLE TRIGGER parcels_parcelevent_is_append_only;
    UPDATE parcels_parcelevent SET note = '' WHERE to_status IN ('declined', 'cancelled');
    ALTER TABLE parcels_parcelevent ENABLE TRIGGER parcels_parcelevent_is_append_only;
    REVOKE UPDATE ON parcels_parcelevent FROM CURRENT_USER;
"""


class Migration(migrations.Migration):
    dependencies = [("parcels", "0003_events_are_append_only")]

    operations = [migrations.RunSQL(BLANK, migrations.RunSQL.noop)]
