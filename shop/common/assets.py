"""Static files by address: a version from their bytes, so that caches may keep them and still never be wrong."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static


def asset_url(path: str) -> str:
    """Return the address of a static file with the version of its content: /static/img/sprite.svg?v=1f0c9a2b."""
    return _address_of(path, _file_of(path).stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _file_of(path: str) -> Path:
    found = finders.find(path)
    if not found:
        msg = f"static file {path} is missing; `manage.py build_assets` writes the bundles of static/dist"
        raise ImproperlyConfigured(msg)
    return Path(found)


@lru_cache(maxsize=256)
def _address_of(path: str, changed_at: int) -> str:  # noqa: ARG001 -- the time of change is part of the cache key
    return f"{static(path)}?v={sha256(_file_of(path).read_bytes()).hexdigest()[:8]}"
