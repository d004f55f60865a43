"""What both systems' folders hold: the parts of others, ours, compiled, and the icon."""

import compileall
import os
import py_compile
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
import kashiwa_desktop  # noqa: E402

NAME = "kashiwa-desktop"
VERSION = kashiwa_desktop.__version__
TITLE = "地域支えあい活動記録"
PICTURE = ROOT / "resources" / "icons" / "product.svg"
_NOT_SHIPPED = re.compile(
    r"(^|/)(tests?|testing|__pycache__|include)/|\.(pyi|pyx|pxd|h|c|lib|exe|cpp)$"
    r"|PIL/_(avif|webp)|(^|/)\.\./"
)
_NOT_NEEDED = ("lxml", "pycparser", "tzdata")


def parts(site: Path) -> dict[str, metadata.Distribution]:
    """Return every package that the program needs at run time, by name."""
    held = {_plain(d.name): d for d in metadata.distributions(path=[str(site)])}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["office-server"]]
    found: dict[str, metadata.Distribution] = {}
    while wanted:
        line = wanted.pop()
        name = _plain(re.split(r"[^\w.-]", line, maxsplit=1)[0])
        own_extra = "extra ==" in line and "binary" not in line
        if name in held and name not in found and name not in _NOT_NEEDED and not own_extra:
            found[name] = held[name]
            wanted += held[name].requires or []
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def fill(packages: Path, site: Path, wanted: Callable[[str], bool] = lambda _: True) -> None:
    """Copy all parts, and ours with its resources; ``wanted`` is asked of each path of others."""
    for part in parts(site).values():
        for file in part.files or []:
            path = file.as_posix()
            if not _NOT_SHIPPED.search(path) and wanted(path) and (site / file).is_file():
                copy(site / file, packages / file)
    own = packages / "kashiwa_desktop"
    source = ROOT / "src" / "kashiwa_desktop"
    shutil.copytree(source, own, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", own / "resources")


def copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, to)


def compile_all(lib: Path) -> None:
    """Put the compiled form in the place of every module; migrations are read as they stand.

    It is never compared with a time: nobody's clock or copy makes it look old.
    """
    compileall.compile_dir(
        lib, quiet=2, legacy=True, workers=os.cpu_count() or 1, stripdir=lib,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )  # fmt: skip
    for file in lib.rglob("*.py"):
        if file.with_suffix(".pyc").exists() and "migrations" not in file.parts:
            file.unlink()
    for spare in (*lib.rglob("migrations/*.pyc"), *lib.rglob("migrations/versions/*.pyc")):
        spare.unlink()


def drawn(size: int) -> bytes:
    """Draw the icon as a PNG of that many pixels a side."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(PICTURE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
