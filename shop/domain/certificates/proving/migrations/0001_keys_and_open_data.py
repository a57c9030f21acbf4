from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(max_length=16, unique=True)),
                ("public_key", models.CharField(max_length=64)),
                ("first_used_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("distrusted_on", models.DateField(blank=True, null=True)),
            ],
            options={"ordering": ("first_used_on", "pk")},
        ),
        migrations.CreateModel(
            name="OpenDataFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("mark", models.CharField(max_length=128)),
                ("rows", models.PositiveIntegerField()),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored_as", models.CharField(blank=True, max_length=255)),
            ],
            options={
                "ordering": ("-as_of", "name"),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "as_of"), name="one_file_of_open_data_per_day"),
                ],
            },
        ),
    ]
