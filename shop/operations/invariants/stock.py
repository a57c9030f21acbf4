"""Units: on hand, promised, given back."""

from collections.abc import Mapping

STOCK: Mapping[str, str] = {
    "reserved stock is between nothing and what is on hand": """
        SELECT 'stock ' || id, 'on hand ' || num_in_stock || ', reserved ' || num_allocated
        FROM partner_stockrecord WHERE num_allocated < 0 OR num_allocated > num_in_stock
    """,
    "reserved stock is the sum of open allocations": """
        SELECT 'stock ' || record.id,
               'reserved ' || record.num_allocated || ', lines say ' || coalesce(sum(line.num_allocated), 0)
        FROM partner_stockrecord AS record LEFT JOIN order_line AS line ON line.stockrecord_id = record.id
        GROUP BY record.id HAVING record.num_allocated <> coalesce(sum(line.num_allocated), 0)
    """,
    "stock is the sum of its movements": """
        SELECT 'stock ' || record.id,
               'on hand ' || record.num_in_stock || ', reserved ' || record.num_allocated || '; movements say '
               || coalesce(sum(movement.on_hand_change), 0) || ' and ' || coalesce(sum(movement.reserved_change), 0)
        FROM partner_stockrecord AS record LEFT JOIN stock_stockmovement AS movement ON movement.stock_record_id = record.id
        GROUP BY record.id
        HAVING record.num_in_stock <> coalesce(sum(movement.on_hand_change), 0)
            OR record.num_allocated <> coalesce(sum(movement.reserved_change), 0)
    """,
    "a line gives each of its units back once at most": """
        SELECT 'line ' || line.id,
               'allocated ' || line.num_allocated || ', movements say ' || coalesce(sum(reserved_change), 0)
        FROM order_line AS line LEFT JOIN stock_stockmovement AS movement ON movement.order_line_id = line.id
        GROUP BY line.id HAVING line.num_allocated <> coalesce(sum(movement.reserved_change), 0)
    """,
    "an open parcel holds the stock of its lines and no other parcel does": """
        SELECT 'line ' || line.id,
               'parcel ' || parcel.status || ', ordered ' || line.quantity || ', allocated ' || line.num_allocated
        FROM order_line AS line JOIN parcels_parcel AS parcel ON parcel.id = line.parcel_id
        WHERE line.num_allocated <> CASE
            WHEN parcel.status IN ('pending', 'to_confirm', 'packing', 'on_hold') THEN line.quantity ELSE 0 END
    """,
}
