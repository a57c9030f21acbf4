"""Nothing is sold without a certificate that was valid."""

from collections.abc import Mapping

STARS: Mapping[str, str] = {
    "a line is sold under a certificate that is valid on that day": """
        SELECT 'line ' || line.id,
               'sold ' || (placed.date_placed AT TIME ZONE 'Asia/Ho_Chi_Minh')::date || ' under '
               || coalesce(certificate.code, 'nothing')
        FROM order_line AS line
        JOIN order_order AS placed ON placed.id = line.order_id
        LEFT JOIN certificates_certificate AS certificate ON certificate.id = line.certificate_id
        WHERE certificate.id IS NULL
            OR (placed.date_placed AT TIME ZONE 'Asia/Ho_Chi_Minh')::date NOT BETWEEN certificate.issued_on
                AND coalesce(certificate.extended_until, certificate.valid_until)
    """,
    # Acts write down the last line that was sold before them, under the lock that placing an order shares.
    "nothing is sold between a stop of its certificate and the lifting of it": """
        SELECT 'line ' || line.id, certificate.code || ' was ' || stop.action || ' at ' || stop.at
        FROM certificates_certificateevent AS stop
        JOIN certificates_certificate AS certificate ON certificate.id = stop.certificate_id
        LEFT JOIN LATERAL (
            SELECT (lifted.detail ->> 'last_line_sold')::bigint AS last_line FROM certificates_certificateevent AS lifted
            WHERE lifted.certificate_id = stop.certificate_id AND lifted.action = 'lifted' AND lifted.id > stop.id
            ORDER BY lifted.id LIMIT 1
        ) AS lift ON true
        JOIN order_line AS line ON line.certificate_id = stop.certificate_id
        WHERE stop.action IN ('suspended', 'revoked') AND line.id > (stop.detail ->> 'last_line_sold')::bigint
            AND (lift.last_line IS NULL OR line.id <= lift.last_line)
    """,
}
