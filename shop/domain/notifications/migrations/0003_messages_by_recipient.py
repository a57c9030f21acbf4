from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_recipient_refused"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("recipient", ""), _negated=True),
                fields=["recipient", "created_at"],
                name="messages_by_recipient",
            ),
        ),
    ]
