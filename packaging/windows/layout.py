"""Lay out the program for Windows on Linux: a folder that needs no Python, and its installer.

``python packaging/windows/layout.py [--python FOLDER] [--setup] [--small]`` leaves ``dist/windows``
and, with ``--setup``, ``dist/kashiwa-desktop-X.Y.Z-setup.exe``. FOLDER holds an unpacked CPython
3.11 for Windows; its packages come from the trial runtime, which holds the wheels of
``constraints.txt``. Without it that runtime's own Python is taken: for trying only.
"""

import argparse
import compileall
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from PIL import Image
from runtime import GCC, ROOT, WINDRES, make, say

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))
from kashiwa_desktop import __version__  # noqa: E402

NAME = "kashiwa-desktop"
TITLE = "地域支えあい活動記録"
OUT = ROOT / "dist" / "windows"
BUILT = OUT / NAME
SETUP = ROOT / "dist" / f"{NAME}-{__version__}-setup.exe"
SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
_NOT_SHIPPED = re.compile(
    r"(^|/)(tests?|testing|__pycache__|include)/|\.(pyi|pyx|pxd|h|c|lib|exe|cpp)$"
    r"|PIL/_(avif|webp)|(^|/)\.\./"
)
_NOT_NEEDED = ("lxml", "pycparser", "tzdata")
_LIB_NOT_NEEDED = ("site-packages", "__pycache__", "pydoc_data", "ensurepip", "venv")


def parts(site: Path) -> dict[str, metadata.Distribution]:
    """Every package that the program needs at run time, by name."""
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


def lay_out(python: Path, site: Path) -> None:
    """Lay out Python, all packages and the program in ``dist/windows``."""
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    for library in [*python.glob("*.dll")]:
        shutil.copy(library, BUILT)
    if (python / "DLLs").is_dir():
        shutil.copytree(python / "DLLs", BUILT / "DLLs")
    for more in (*python.glob("*.pyd"), *python.glob("python3*.zip")):  # the embeddable one
        shutil.copy(more, BUILT)
    lib, packages = BUILT / "Lib", BUILT / "Lib" / "site-packages"
    if (python / "Lib").is_dir():
        shutil.copytree(
            python / "Lib", lib, ignore=shutil.ignore_patterns(*_LIB_NOT_NEEDED, "*.pyc")
        )
    for part in parts(site).values():
        for file in part.files or []:
            if not _NOT_SHIPPED.search(file.as_posix()) and (site / file).is_file():
                _copy(site / file, packages / file)
    own = packages / "kashiwa_desktop"
    shutil.copytree(
        ROOT / "src" / "kashiwa_desktop", own, ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "resources", own / "resources")
    _compile(lib)
    sys.path.insert(0, str(ROOT / "packaging"))
    from build import add_licences

    add_licences(BUILT / "licences")


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, to)


def _compile(lib: Path) -> None:
    """Put the compiled form in the place of every module; migrations are read as they stand."""
    compileall.compile_dir(lib, quiet=2, legacy=True, workers=os.cpu_count() or 1, stripdir=lib)
    for file in lib.rglob("*.py"):
        if file.with_suffix(".pyc").exists() and "migrations" not in file.parts:
            file.unlink()
    for spare in (*lib.rglob("migrations/*.pyc"), *lib.rglob("migrations/versions/*.pyc")):
        spare.unlink()


def launchers() -> None:
    """Make the two programs with icon, manifest and version."""
    spare = OUT / "spare"
    spare.mkdir(parents=True, exist_ok=True)
    _write_icon(spare / "product.ico")
    (spare / "app.rc").write_text(_resources(), encoding="utf-8")
    windres = [WINDRES, "-c", "65001", "-O", "coff", "-I", str(HERE), "app.rc", "app.res"]
    subprocess.run(windres, cwd=spare, check=True)
    for name, more in ((NAME, "-mwindows"), (f"{NAME}-console", "-DCONSOLE")):
        gcc = [GCC, "-O2", "-s", "-municode", more, "-o", str(BUILT / f"{name}.exe"),
               str(HERE / "launcher.c"), "app.res"]  # fmt: skip
        subprocess.run(gcc, cwd=spare, check=True)


def _resources() -> str:
    numbers = ",".join([*__version__.split("."), "0"])
    words = {"CompanyName": "柏市社会福祉協議会", "FileDescription": TITLE, "ProductName": TITLE,
             "FileVersion": __version__, "ProductVersion": __version__}  # fmt: skip
    values = "\n".join(f'VALUE "{name}", "{text}"' for name, text in words.items())
    return f"""1 ICON "product.ico"
1 24 "app.manifest"
1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
BEGIN
BLOCK "StringFileInfo"
BEGIN
BLOCK "041104B0"
BEGIN
{values}
END
END
BLOCK "VarFileInfo"
BEGIN
VALUE "Translation", 0x411, 0x4B0
END
END
"""


def _write_icon(target: Path) -> None:
    """Write ``product.svg`` in all sizes, each drawn for itself."""
    images = [Image.open(io.BytesIO(png)) for png in _drawn()]
    images[-1].save(target, "ICO", sizes=[image.size for image in images],
                    append_images=images[:-1])  # fmt: skip


def _drawn() -> Iterator[bytes]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer(str(ROOT / "resources" / "icons" / "product.svg")).render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        yield bytes(buffer.data().data())


def setup(*, small: bool) -> None:
    """Make the installer; ``small`` takes minutes longer."""
    pack = "SetCompressor /SOLID lzma" if small else "SetCompressor zlib"
    size = sum(file.lstat().st_size for file in BUILT.rglob("*")) // 1024
    given = {"VERSION": __version__, "FOLDER": BUILT, "OUT": SETUP, "SIZE": size,
             "ICON": OUT / "spare" / "product.ico"}  # fmt: skip
    words = [f"-D{name}={value}" for name, value in given.items()]
    subprocess.run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-X{pack}", *words,
                    str(HERE / "setup.nsi")], check=True)  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(description="Lay out the program for Windows.")
    words.add_argument("--python", type=Path, help="an unpacked CPython 3.11 for Windows")
    words.add_argument("--setup", action="store_true", help="make the installer too")
    words.add_argument("--small", action="store_true", help="as small as it gets (minutes)")
    given = words.parse_args()
    trial = make() / "python"
    lay_out(given.python or trial, trial / "Lib" / "site-packages")
    launchers()
    say(f"{BUILT.relative_to(ROOT)}: {__version__}")
    if given.setup:
        setup(small=given.small)
        say(f"{SETUP.relative_to(ROOT)}: {SETUP.stat().st_size // 1_000_000} MB")


if __name__ == "__main__":
    main()
