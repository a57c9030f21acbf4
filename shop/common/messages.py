"""The message files of our own packages."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings


def message_files() -> list[Path]:
    """Every .po of the project, not those of libraries."""
    folders = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    return sorted(path for folder in folders for path in folder.glob("locale/*/LC_MESSAGES/*.po") if ".venv" not in path.parts)


def compile_messages(path: Path) -> bool:
    """Write the .mo beside a .po; False when it is already newer."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
        return False
    with path.open("rb") as source:
        catalog = read_po(source, locale=path.parts[-3])
    draft = compiled.with_suffix(".mo.draft")
    with draft.open("wb") as target:
        write_mo(target, catalog)
    draft.replace(compiled)
    return True
