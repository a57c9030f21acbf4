"""/du-lieu-mo/: the registry as files for everybody, with schema, licence and digests."""

from collections.abc import Iterator
from datetime import UTC

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from shop.common import clock
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates.proving.models import OpenDataFile
from shop.domain.certificates.proving.open_data import file_names, file_of_today, open_file
from shop.domain.certificates.proving.open_data_files import FORMATS, LICENCE, schema_of, schema_url
from shop.domain.certificates.proving.registry_rows import CERTIFICATES, DATASETS, UNPROVEN, Dataset

from .proof import json_for_all
from .public_page import public_page, render_for_all
from .seo import absolute, head_of

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
PIECE_BYTES = 64 * 1024
SCRIPT = settings.BASE_DIR / "docs" / "verify_certificate.py"


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, how it is read, and under which licence it may be used."""
    files = _files_of_today()
    description = _("Sổ đăng ký giấy chứng nhận OCOP dưới dạng CSV và JSON, mỗi ngày, tự do sử dụng.")
    context = {
        "head": head_of(request, description=description),
        "title": _("Dữ liệu mở của sổ đăng ký"),
        "as_of": files[0].as_of,
        "licence": LICENCE,
        "sets": [_describe_set(dataset, title, files) for dataset, title in _titled()],
        "example": absolute(reverse("certificate_json", kwargs={"code": "AG-2025-01834"})),
    }
    return render_for_all(request, "storefront/open_data.html", context)


@public_page
def open_data_file(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """One file of today; asked for with its digest, it is not sent again."""
    if name not in DATASETS or kind not in FORMATS:
        raise Http404
    found = file_of_today(name=f"{name}.{kind}", now=clock.now())
    etag, changed = f'"{found.sha256}"', int(found.made_at.astimezone(UTC).timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=changed)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    response = StreamingHttpResponse(_pieces(found), content_type=CONTENT_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{found.as_of}.{kind}"'
    response.headers["Content-Length"] = str(found.size_bytes)
    response.headers["ETag"] = etag
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def open_data_schema(_request: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of one set of rows."""
    if name not in DATASETS:
        raise Http404
    response = json_for_all(schema_of(DATASETS[name]))
    response.headers["Content-Type"] = "application/schema+json"
    return response


@public_page
def open_data_index(_request: HttpRequest) -> HttpResponse:
    """Today's files with their digests, for programs."""
    files = _files_of_today()
    listed = [
        {
            "name": found.name,
            "url": _address(found.name),
            "schema": schema_url(DATASETS[found.name.partition(".")[0]]),
            "as_of": found.as_of.isoformat(),
            "made_at": found.made_at.isoformat(),
            "rows": found.rows,
            "bytes": found.size_bytes,
            "sha256": found.sha256,
        }
        for found in files
    ]
    return json_for_all({"licence": LICENCE, "source": settings.BASE_URL, "files": listed})


@public_page
def verifying_script(_request: HttpRequest) -> HttpResponse:
    """The script that checks a signed certificate offline, to be read before it is run."""
    if not SCRIPT.exists():
        raise Http404
    return HttpResponse(SCRIPT.read_text(encoding="utf-8"), content_type="text/plain; charset=utf-8")


def _pieces(found: OpenDataFile) -> Iterator[bytes]:
    """Open the file when the first byte is wanted: an answer that nobody reads leaves nothing open."""
    with open_file(found) as source:
        while piece := source.read(PIECE_BYTES):
            yield piece


def _files_of_today() -> list[OpenDataFile]:
    now = clock.now()
    return [file_of_today(name=name, now=now) for name in file_names()]


def _titled() -> list[tuple[Dataset, str]]:
    return [
        (CERTIFICATES, _("Giấy chứng nhận")),
        (UNPROVEN, _("Được gọi là OCOP nhưng chưa chứng minh")),
    ]


def _describe_set(dataset: Dataset, title: str, files: list[OpenDataFile]) -> dict[str, object]:
    own = [found for found in files if found.name.partition(".")[0] == dataset.name]
    is_english = page_language() == "en"
    return {
        "name": dataset.name,
        "title": title,
        "rows": own[0].rows,
        "files": [{"found": found, "url": _path(found.name), "kind": found.name.rpartition(".")[2].upper()} for found in own],
        "schema": reverse("open_data_schema", kwargs={"name": dataset.name}),
        "columns": [(column.name, column.meaning_en if is_english else column.meaning) for column in dataset.columns],
    }


def _path(file_name: str) -> str:
    name, _dot, kind = file_name.partition(".")
    return reverse("open_data_file", kwargs={"name": name, "kind": kind})


def _address(file_name: str) -> str:
    return absolute(_path(file_name))
