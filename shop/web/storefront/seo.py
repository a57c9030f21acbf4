"""What search engines and share previews read: addresses, descriptions and data blocks."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from shop.common.assets import asset_url

ENGLISH = "/en"
SHARE_IMAGE = "img/share.png"
# Inside a script element only these could end it or open a comment.
UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class PageHead:
    """One page's head: `path` is its path with query in the language of the page."""

    path: str
    description: str = ""
    is_indexed: bool = True
    image_url: str = ""
    kind: str = "website"
    data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def canonical(self) -> str:
        return absolute(self.path)

    @property
    def vietnamese(self) -> str:
        return absolute(self.path.removeprefix(ENGLISH) or "/") if self.is_english else self.canonical

    @property
    def english(self) -> str:
        return self.canonical if self.is_english else absolute(f"{ENGLISH}{self.path}")

    @property
    def share_image(self) -> str:
        return absolute(self.image_url or asset_url(SHARE_IMAGE))

    @property
    def is_english(self) -> bool:
        return self.path.startswith(f"{ENGLISH}/")

    @property
    def data_blocks(self) -> list[SafeString]:
        return [in_script(block) for block in self.data]


def head_of(request: HttpRequest, *, page: int = 1, **parts: Any) -> PageHead:
    """Return the head of a page whose address is its path; only the page number of a list belongs to it."""
    path = request.path if page == 1 else f"{request.path}?trang={page}"
    return PageHead(path=path, **parts)


def absolute(path: str) -> str:
    """Return an address that works outside the shop."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def in_script(data: dict[str, Any]) -> SafeString:
    """Return JSON that is safe inside a script element whatever a producer wrote."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.translate(UNSAFE_IN_SCRIPT))  # noqa: S308 -- nothing left in it can end the element
