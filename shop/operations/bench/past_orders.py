"""A year's orders, made of a few hundred that were really played: rows copied in SQL, every number moved.

All rows that orders leave behind are copied so many times. Numbers of the played rows have six digits, so the number of
copy 12 of row 100345 is 12100345, in columns that refer to a row and inside keys alike. What belongs to a producer (its
accounts, its stock) is copied for every eighth copy only, so that a producer has sold for some time.
"""

from psycopg import Connection, sql

FIRST_NUMBER = 100_000
STEP = 1_000_000
COPIES_PER_PRODUCER = 8
OF_PRODUCERS = ("partner_partner", "partner_stockrecord", "ledger_account", "payouts_bankaccount")
OF_ORDERS = (
    "basket_basket",
    "order_shippingaddress",
    "order_order",
    "parcels_parcel",
    "parcels_parcelevent",
    "order_line",
    "stock_stockmovement",
    "payments_payment",
    "payments_refund",
    "payments_banktransfer",
    "ledger_transaction",
    "ledger_entry",
    "ledger_parcelsplit",
    "ledger_commissionshare",
    "payouts_payoutbatch",
    "payouts_payout",
    "notifications_outboxmessage",
    "returns_returnrequest",
    "returns_returnline",
    "returns_returnstep",
)
# Numbers of rows without a foreign key that says so; goods are not copied, but may be sold by one producer only.
LOOSE_REFERENCES = {
    ("ledger_transaction", "payment_id"): "payments_payment",
    ("ledger_transaction", "refund_id"): "payments_refund",
    ("partner_stockrecord", "product_id"): "partner_stockrecord",
}
# Keys name the rows they are of: «order:100012:placed:buyer:email».
KEYS = {("ledger_transaction", "key"), ("notifications_outboxmessage", "key"), ("payments_refund", "key")}
ACCOUNT_CODES = {("ledger_account", "code"), ("ledger_entry", "account_id")}
# Played rows of tables that had rows before: those that were sold.
SOLD = {
    "partner_partner": "id IN (SELECT producer_id FROM parcels_parcel)",
    "partner_stockrecord": "id IN (SELECT stockrecord_id FROM order_line)",
    "stock_stockmovement": "stock_record_id IN (SELECT stockrecord_id FROM order_line)",
    "ledger_account": "producer_id IS NOT NULL",
    "notifications_outboxmessage": "order_id IS NOT NULL",
}
AS_IT_WAS = "{0}"
NUMBER = f"{{0}} + copy.number * {STEP}"
NUMBER_OF_PRODUCER = f"{{0}} + copy.number / {COPIES_PER_PRODUCER} * {STEP}"
UNIQUE_TEXT = "nullif({0}, '') || '-' || copy.number"
NEW_KEY = "gen_random_uuid()"
KEY = r"regexp_replace({0}, '\y(1\d{{5}})\y', copy.number || '\1', 'g')"
ACCOUNT_CODE = (
    "CASE WHEN position(':' IN {0}) = 0 THEN {0} ELSE split_part({0}, ':', 1) || ':' ||"
    f" (split_part({{0}}, ':', 2)::bigint + copy.number / {COPIES_PER_PRODUCER} * {STEP}) END"
)
UNIQUE_WORDS = """
    SELECT DISTINCT column_.attname, column_.atttypid = 'uuid'::regtype FROM pg_index AS index_
    JOIN pg_attribute AS column_ ON column_.attrelid = index_.indrelid AND column_.attnum = ANY (index_.indkey)
    WHERE index_.indisunique AND index_.indrelid = %s::regclass
        AND column_.atttypid IN ('text'::regtype, 'varchar'::regtype, 'uuid'::regtype)
"""
REFERENCES = """
    SELECT column_.attname, key_.confrelid::regclass::text FROM pg_constraint AS key_
    JOIN pg_attribute AS column_ ON column_.attrelid = key_.conrelid AND column_.attnum = key_.conkey[1]
    WHERE key_.contype = 'f' AND key_.conrelid = %s::regclass
"""
COLUMNS = """
    SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum
"""


def make_room(connection: Connection) -> None:
    """Let the numbers of what will be played begin where they have six digits."""
    for table in OF_ORDERS:
        if columns_of(connection, table)[0] == "id":
            connection.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, FIRST_NUMBER])


def multiply(connection: Connection, *, orders: int) -> int:
    """Copy what was played until there are so many orders; returns how many there are. Needs a superuser."""
    played = connection.execute("SELECT count(*) FROM order_order").fetchone()[0]
    copies = -(-orders // played) - 1
    # Triggers would ask of each row what was asked of the row it is a copy of.
    connection.execute("SET session_replication_role = replica")
    for table in (*OF_PRODUCERS, *OF_ORDERS):
        connection.execute(copying(connection, table), {"copies": copies})
    connection.execute(
        "UPDATE partner_stockrecord AS record SET num_in_stock = moved.on_hand, num_allocated = moved.reserved FROM ("
        " SELECT stock_record_id, sum(on_hand_change) AS on_hand, sum(reserved_change) AS reserved"
        " FROM stock_stockmovement GROUP BY stock_record_id"
        ") AS moved WHERE moved.stock_record_id = record.id"
    )
    connection.execute("SET session_replication_role = origin")
    return played * (copies + 1)


def copying(connection: Connection, table: str) -> sql.Composed:
    """Return the statement that copies the table's rows; it wants to know how many `copies`."""
    columns = columns_of(connection, table)
    values = values_of(connection, table)
    every = COPIES_PER_PRODUCER if table in OF_PRODUCERS else 1
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS played,"
        " generate_series({every}, %(copies)s, {every}) AS copy (number) WHERE {sold} ORDER BY copy.number"
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(values),
        every=every,
        sold=sql.SQL(SOLD.get(table, "true")),
    )


def columns_of(connection: Connection, table: str) -> list[str]:
    """Names of a table's columns."""
    return [name for (name,) in connection.execute(COLUMNS, [table])]


def values_of(connection: Connection, table: str) -> list[sql.Composable]:
    """What stands in each column of a copy."""
    unique_words = dict(connection.execute(UNIQUE_WORDS, [table]))
    refers_to = {**dict(connection.execute(REFERENCES, [table])), "id": table}
    values = []
    for column in columns_of(connection, table):
        target = LOOSE_REFERENCES.get((table, column)) or refers_to.get(column)
        if (table, column) in ACCOUNT_CODES:
            change = ACCOUNT_CODE
        elif (table, column) in KEYS:
            change = KEY
        elif target in OF_PRODUCERS:
            change = NUMBER_OF_PRODUCER
        elif target in OF_ORDERS:
            change = NUMBER
        elif column in unique_words:
            change = NEW_KEY if unique_words[column] else UNIQUE_TEXT
        else:
            change = AS_IT_WAS
        values.append(sql.SQL(change).format(sql.SQL("played.") + sql.Identifier(column)))
    return values
