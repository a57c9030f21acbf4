from django.db import migrations

# What was declared is what was paid to: only its end is written later, once.
KEEP = """
CREATE FUNCTION keep_declared_bank_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'retired_at' <> to_jsonb(OLD) - 'retired_at' OR OLD.retired_at IS NOT NULL THEN
        RAISE EXCEPTION 'a declared bank account is never edited: declare another one' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER payouts_bankaccount_stays_as_declared BEFORE UPDATE OR DELETE ON payouts_bankaccount
FOR EACH ROW EXECUTE FUNCTION keep_declared_bank_account();
"""
NOT_KEPT = """
DROP TRIGGER payouts_bankaccount_stays_as_declared ON payouts_bankaccount;
DROP FUNCTION keep_declared_bank_account();
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0001_bank_accounts_and_batches")]

    operations = [migrations.RunSQL(KEEP, NOT_KEPT)]
