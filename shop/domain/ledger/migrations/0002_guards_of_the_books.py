from django.db import migrations

from shop.common.append_only import keep_append_only

# Asked at commit, when all sides of a transaction are written: they sum to zero and are as many as were counted.
BALANCE = """
CREATE FUNCTION refuse_unbalanced_books() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint := CASE TG_TABLE_NAME WHEN 'ledger_entry' THEN to_jsonb(NEW) ->> 'transaction_id' ELSE to_jsonb(NEW) ->> 'id' END;
    told record;
    found record;
BEGIN
    SELECT key, entry_count INTO told FROM ledger_transaction WHERE id = asked;
    SELECT coalesce(sum(amount_vnd), 0) AS sum, count(*) AS count INTO found FROM ledger_entry WHERE transaction_id = asked;
    IF found.sum <> 0 OR found.count <> told.entry_count THEN
        RAISE EXCEPTION 'ledger transaction % does not balance: % entries sum to %, % were counted',
            told.key, found.count, found.sum, told.entry_count USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_books();
CREATE CONSTRAINT TRIGGER ledger_transaction_balances AFTER INSERT ON ledger_transaction
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_books();
"""
NO_BALANCE = """
DROP TRIGGER ledger_entry_balances ON ledger_entry;
DROP TRIGGER ledger_transaction_balances ON ledger_transaction;
DROP FUNCTION refuse_unbalanced_books();
"""

# A rate that orders were reckoned by stays as it is: it may end, on a day its users have not passed, and nothing else.
DATED = """
CREATE FUNCTION keep_dated_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'ends_on' <> to_jsonb(OLD) - 'ends_on' THEN
        RAISE EXCEPTION '% is never edited: end the row and add one with a new date', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_commissionrule_keeps_its_terms BEFORE UPDATE OR DELETE ON ledger_commissionrule
FOR EACH ROW EXECUTE FUNCTION keep_dated_terms();
CREATE TRIGGER ledger_taxrate_keeps_its_terms BEFORE UPDATE OR DELETE ON ledger_taxrate
FOR EACH ROW EXECUTE FUNCTION keep_dated_terms();
"""
NOT_DATED = """
DROP TRIGGER ledger_commissionrule_keeps_its_terms ON ledger_commissionrule;
DROP TRIGGER ledger_taxrate_keeps_its_terms ON ledger_taxrate;
DROP FUNCTION keep_dated_terms();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_books_splits_and_rates")]

    operations = [
        keep_append_only("ledger_account", is_referenced=True),
        keep_append_only("ledger_transaction", is_referenced=True),
        keep_append_only("ledger_entry"),
        keep_append_only("ledger_parcelsplit", is_referenced=True),
        keep_append_only("ledger_commissionshare"),
        migrations.RunSQL(BALANCE, NO_BALANCE),
        migrations.RunSQL(DATED, NOT_DATED),
    ]
