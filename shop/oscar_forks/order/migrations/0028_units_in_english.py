"""Lines keep the English name of their pack beside the Vietnamese one; earlier ones get what their product says now."""

from django.db import migrations, models

FILL = """
    UPDATE order_line SET unit_en = product.unit_en FROM catalogue_product AS product
    WHERE product.id = order_line.product_id AND product.unit_en <> '' AND lower(product.unit) = lower(order_line.unit)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0034_alcohol_by_the_office'),
        ('order', '0027_alcohol_is_not_paid_in_cash'),
    ]

    operations = [
        migrations.AddField(
            model_name='line',
            name='unit_en',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
