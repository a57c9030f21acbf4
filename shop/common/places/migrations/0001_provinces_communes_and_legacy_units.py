"""The country's places: 34 provinces, their communes, and what was there before 01/07/2025."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Province",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("full_name", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=40)),
                ("kind", models.CharField(choices=[("tỉnh", "tỉnh"), ("thành phố", "thành phố")], max_length=12)),
                (
                    "region",
                    models.CharField(
                        choices=[
                            ("northern_midlands", "northern_midlands"),
                            ("red_river_delta", "red_river_delta"),
                            ("central_coast", "central_coast"),
                            ("central_highlands", "central_highlands"),
                            ("south_east", "south_east"),
                            ("mekong_delta", "mekong_delta"),
                        ],
                        max_length=24,
                    ),
                ),
                ("folded", models.CharField(max_length=40, unique=True)),
                ("slug", models.SlugField(max_length=40, unique=True)),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("xã", "xã"), ("phường", "phường"), ("đặc khu", "đặc khu")], max_length=12
                    ),
                ),
                ("folded", models.CharField(db_index=True, max_length=60)),
                ("slug", models.SlugField(max_length=80)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="communes", to="places.province"
                    ),
                ),
            ],
            options={
                "ordering": ("folded", "code"),
            },
        ),
        migrations.CreateModel(
            name="LegacyUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "province"), ("district", "district"), ("commune", "commune")],
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(max_length=5)),
                ("name", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("folded", models.CharField(max_length=60)),
                ("communes", models.ManyToManyField(blank=True, related_name="legacy_units", to="places.commune")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="places.legacyunit",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="legacy_units", to="places.province"
                    ),
                ),
            ],
            options={
                "ordering": ("level", "code"),
                "indexes": [models.Index(fields=["folded", "level"], name="legacy_unit_by_folded_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "code"), name="one_legacy_unit_per_level_and_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "province"), ("parent__isnull", True)),
                            models.Q(models.Q(("level", "province"), _negated=True), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_a_legacy_province_has_no_parent",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="commune",
            constraint=models.UniqueConstraint(fields=("province", "slug"), name="one_commune_per_slug_of_a_province"),
        ),
    ]
