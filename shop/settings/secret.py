"""A secret made once and kept in a file, for a shop that was given none."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def lasting_secret(path: Path, *, make: Callable[[int], str] = secrets.token_urlsafe, length: int = 50) -> str:
    """The secret in this file, which is made the first time anybody asks; two processes asking at once agree."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(length))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its secret counts
        finally:
            draft.unlink()
    return path.read_text().strip()
