"""What the rows of the registry are called where a person meets them: in the read-only admin, in a log."""

from shop.domain.certificates.models import (
    ActRequestItem,
    Certificate,
    CertificateActRequest,
    CertificateEvent,
    Decision,
    ImportChange,
    ImportCorrection,
    ImportRow,
    ImportRun,
    UnprovenEntry,
)


def test_rows_are_called_by_what_they_are_known_by():
    run = ImportRun(pk=3, file_name="danh-sach.xlsx")
    named = (
        (Decision(number="12/QĐ-UBND", authority="UBND tỉnh Lâm Đồng"), "12/QĐ-UBND, UBND tỉnh Lâm Đồng"),
        (Certificate(code="LD-2026-00001"), "LD-2026-00001"),
        (CertificateEvent(action="revoked", certificate_id=7), "revoked 7"),
        (CertificateActRequest(pk=5, action="revoke", certificate_id=7), "revoke 7"),
        (CertificateActRequest(pk=5, action="bulk"), "bulk 5"),
        (ActRequestItem(request_id=1, certificate_id=7), "1 7"),
        (UnprovenEntry(product_name="Sâm"), "Sâm"),
        (run, "danh-sach.xlsx"),
        (ImportRow(run=run, sheet="Phụ lục", row=4), "3: Phụ lục 4"),
        (ImportCorrection(run=run, sheet="Phụ lục", row=4, field="score"), "3: Phụ lục 4 score"),
        (ImportChange(run=run, kind="listing_made", object_id=9), "3: listing_made 9"),
    )

    assert [str(row) for row, _name in named] == [name for _row, name in named]
