"""Tables whose rows are only ever added: the database itself refuses to change or delete them."""

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
"""


def keep_append_only(table: str, *, is_referenced: bool = False) -> migrations.RunSQL:
    """Return the migration operation after which UPDATE and DELETE on `table` fail.

    The owning role loses both rights, and a trigger says why to whoever takes them back. A table that others point at
    (`is_referenced`) keeps the rights: PostgreSQL locks its rows with them when a reference is checked. TRUNCATE stays:
    tests empty their database with it.
    """
    trigger = f"""
        CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
    """
    rights = "" if is_referenced else f"REVOKE UPDATE, DELETE ON {table} FROM CURRENT_USER;"
    back = f"DROP TRIGGER {table}_is_append_only ON {table}; GRANT UPDATE, DELETE ON {table} TO CURRENT_USER;"
    return migrations.RunSQL(REFUSE + trigger + rights, back)


TAKE_RIGHTS_AGAIN = """
DO $$
DECLARE kept regclass;
BEGIN
    FOR kept IN
        SELECT tgrelid FROM pg_trigger
        WHERE tgname LIKE '%\\_is\\_append\\_only'
          AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND confrelid = tgrelid)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM CURRENT_USER', kept);
    END LOOP;
END
$$;
"""
