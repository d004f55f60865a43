"""Lay out the program for Windows on Linux: a folder that needs no Python, and its installer.

``python packaging/windows/layout.py [--python FOLDER] [--setup] [--small]`` leaves ``dist/windows``
and, with ``--setup``, ``dist/kashiwa-desktop-X.Y.Z-setup.exe``. FOLDER holds an unpacked CPython
3.11 for Windows; its packages come from the trial runtime, which holds the wheels of
``constraints.txt``. Without it that runtime's own Python is taken: for trying only, and the
installer is called ``-trial-setup.exe``.
"""

import argparse
import io
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from runtime import GCC, ROOT, WINDRES, make, say

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))
from build import add_licences  # noqa: E402
from parts import NAME, TITLE, VERSION, compile_all, drawn, fill  # noqa: E402

OUT = ROOT / "dist" / "windows"
BUILT = OUT / NAME
SETUP = ROOT / "dist" / f"{NAME}-{VERSION}-setup.exe"
TRIAL = SETUP.with_name(f"{NAME}-{VERSION}-trial-setup.exe")
"""With the trial runtime's Python in it: never handed out."""
SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
_LIB_NOT_NEEDED = ("site-packages", "__pycache__", "pydoc_data", "ensurepip", "venv")


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
    fill(packages, site)
    compile_all(lib)
    add_licences(BUILT / "licences")


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
    numbers = ",".join([*VERSION.split("."), "0"])
    words = {"CompanyName": "柏市社会福祉協議会", "FileDescription": TITLE, "ProductName": TITLE,
             "FileVersion": VERSION, "ProductVersion": VERSION}  # fmt: skip
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
    images = [Image.open(io.BytesIO(png)) for png in map(drawn, SIZES)]
    images[-1].save(target, "ICO", sizes=[image.size for image in images],
                    append_images=images[:-1])  # fmt: skip


def setup(target: Path, *, small: bool) -> None:
    """Make the installer; ``small`` takes minutes longer."""
    pack = "SetCompressor /SOLID lzma" if small else "SetCompressor zlib"
    size = sum(file.lstat().st_size for file in BUILT.rglob("*")) // 1024
    given = {"VERSION": VERSION, "FOLDER": BUILT, "OUT": target, "SIZE": size,
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
    say(f"{BUILT.relative_to(ROOT)}: {VERSION}")
    if given.setup:
        target = SETUP if given.python else TRIAL
        setup(target, small=given.small)
        say(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1_000_000} MB")


if __name__ == "__main__":
    main()
