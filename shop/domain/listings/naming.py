"""What a listing is called where acts on it are written down."""

from shop.domain.audit_log.recording import Subject

from .models import Listing


def subject_of(listing: Listing) -> Subject:
    """How the audit log names a listing: it belongs where its certificate does."""
    certificate = listing.certificate
    return Subject(
        "listing",
        listing.pk,
        listing.product.title,
        province_code=(certificate.province_id or "") if certificate else "",
        commune_code=(certificate.commune_id or "") if certificate else "",
        producer_id=listing.producer_id,
    )
