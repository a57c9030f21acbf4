"""Many small style sheets and scripts to write, few files to load.

`static/dist/shop.css`, `desk.css`, `shop.js` and `account.js` are made of the files of `static/css` and `static/js`: tokens,
base and layout first, then every component and page by name. A new file is in the bundle by being in its folder.
"""

import re
from pathlib import Path

FOUNDATION = ("css/fonts.css", "css/tokens.css", "css/base.css", "css/layout.css", "css/components/*.css")
BUNDLES = {
    "shop.css": (*FOUNDATION, "css/pages/*.css"),
    "desk.css": (*FOUNDATION, "css/desk/*.css"),
    "shop.js": ("js/*.js",),
    "account.js": ("js/account/*.js",),
}


def write_bundles(static: Path) -> list[Path]:
    """Write the bundles under `static`/dist and return those that changed; readers never see half a file."""
    target = static / "dist"
    target.mkdir(exist_ok=True)
    changed = []
    for name, patterns in BUNDLES.items():
        content = bundle_content(static, patterns)
        bundle = target / name
        if bundle.exists() and bundle.read_text(encoding="utf-8") == content:
            continue
        half_written = bundle.with_suffix(f"{bundle.suffix}.new")
        half_written.write_text(content, encoding="utf-8")
        half_written.replace(bundle)
        changed.append(bundle)
    return changed


def bundle_content(static: Path, patterns: tuple[str, ...]) -> str:
    """Return the files of the patterns in their order, without the comments and blanks that only writers need."""
    files = [file for pattern in patterns for file in sorted(static.glob(pattern))]
    return "".join(_smaller(file) for file in files)


def _smaller(file: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    if file.suffix != ".css":
        return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").replace(": ", ":").strip() + "\n"
