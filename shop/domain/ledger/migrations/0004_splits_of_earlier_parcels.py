from django.db import migrations

# Parcels of before the ledger: no commission was promised and no tax withheld, so the producer gets all of it.
SPLITS = """
INSERT INTO ledger_parcelsplit (
    parcel_id, goods_vnd, shipping_vnd, producer_discount_vnd, platform_discount_vnd, commission_vnd, legal_form,
    vat_withheld_vnd, income_tax_withheld_vnd, producer_vnd, frozen_at
)
SELECT id, goods_vnd, shipping_vnd, discount_vnd, 0, 0, '', 0, 0, total_vnd, created_at FROM parcels_parcel;

INSERT INTO ledger_commissionshare (split_id, percent, base_vnd, commission_vnd)
SELECT id, 0, goods_vnd - discount_vnd, 0 FROM parcels_parcel;
"""
# Their cash was taken at the door, by the carrier as far as anybody wrote down.
CASH = """
INSERT INTO ledger_account (code, kind, producer_id)
SELECT 'cod_carrier', 'cod_carrier', NULL::bigint WHERE EXISTS (SELECT FROM parcels_parcel WHERE delivered_at IS NOT NULL)
UNION ALL
SELECT DISTINCT 'producer_held:' || producer_id, 'producer_held', producer_id FROM parcels_parcel WHERE delivered_at IS NOT NULL;

WITH delivered AS (
    SELECT parcel.*, payment.id AS payment_id FROM parcels_parcel AS parcel
    JOIN payments_payment AS payment ON payment.order_id = parcel.order_id AND payment.method = 'cod'
    WHERE parcel.delivered_at IS NOT NULL AND parcel.total_vnd > 0
), told AS (
    INSERT INTO ledger_transaction (key, kind, at, entry_count, order_id, payment_id)
    SELECT 'cod:' || id, 'capture', delivered_at, 2, order_id, payment_id FROM delivered
    RETURNING id, key
)
INSERT INTO ledger_entry (transaction_id, account_id, amount_vnd, parcel_id)
SELECT told.id, side.account, side.amount, delivered.id
FROM told JOIN delivered ON told.key = 'cod:' || delivered.id
CROSS JOIN LATERAL (
    VALUES ('cod_carrier', delivered.total_vnd), ('producer_held:' || delivered.producer_id, -delivered.total_vnd)
) AS side (account, amount);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_first_rates"),
        ("parcels", "0004_no_words_of_buyers_in_events"),
        ("payments", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(SPLITS, migrations.RunSQL.noop),
        migrations.RunSQL(CASH, migrations.RunSQL.noop),
    ]
