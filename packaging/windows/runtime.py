"""Make a Windows Python with all our parts on Linux, to be run by wine: for trying, never to ship.

``python packaging/windows/runtime.py`` prints the folder it lies in (see README.md beside this).
It is made once for each set of parts and scripts, outside the checkout, whole or not at all.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# the official CPython 3.11.9 for Windows comes with this part of the Python index, which is
# thrown away otherwise; our own Python of the same 3.11 lends its library, which is plain text
CARRIER = "panda3d==1.10.16"
GCC = "x86_64-w64-mingw32-gcc"
WINDRES = "x86_64-w64-mingw32-windres"
OBJDUMP = "x86_64-w64-mingw32-objdump"
NOT_HERE = 75  # the status for "cannot be made on this machine": it has no network
_MAKES_IT = ("runtime.py", "python.c", "python.rc", "app.manifest", "bcryptprimitives.c", "wine.sh")
_NOT_PYTHON = re.compile(
    r"(tcl86t|tk86t|_tkinter|winsound|_msi|api-ms-|concrt|msvcp)", re.IGNORECASE
)
_LEFT_OUT_OF_LIB = ("site-packages", "test", "idlelib", "tkinter", "turtledemo", "lib2to3",
                    "ensurepip", "__pycache__", "config-3.*", "lib-dynload", "*.so")  # fmt: skip
_PDF = re.compile(r"PySide6/(QtPdf|Qt6Pdf|plugins/imageformats/|translations/)")
_UNUSED = re.compile(
    r"PySide6/(qml/|resources/|metatypes/|include/|typesystems/|doc/|glue/|lib/|scripts/|support/|"
    r".*\.(pyi|exe|lib|pak)$|opengl32sw|.*(Quick|Qml|Designer|Lottie|Labs|Help|Sql|qtvirtualkeyb))"
)


def cache() -> Path:
    """The folder for what is made once."""
    return Path(os.environ.get("KASHIWA_CACHE") or Path.home() / ".cache" / "kashiwa-desktop")


def runtime() -> Path:
    """Where the runtime of these parts and scripts lies, or will lie."""
    sums = hashlib.sha256("\n".join(requirements()).encode())
    for file in (ROOT / "constraints.txt", *(HERE / name for name in _MAKES_IT)):
        sums.update(file.read_bytes())
    return cache() / f"windows-{sums.hexdigest()[:12]}"


def make() -> Path:
    """Make the runtime unless it is there."""
    made = runtime()
    if (made / "whole").exists():
        return made
    cache().mkdir(parents=True, exist_ok=True)
    with made.with_suffix(".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "whole").exists():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            _make(made)
    return made


def _make(made: Path) -> None:
    with tempfile.TemporaryDirectory(dir=made) as spare:
        wheels = _download(Path(spare))
        prefix = subprocess.Popen(
            [HERE / "wine.sh", "wineboot", "-i"],
            env=os.environ | {"KASHIWA_RUNTIME": str(made)}, stdout=sys.stderr,
        )  # fmt: skip
        _python(made / "python", Path(spare))
        for wheel in wheels:
            _unpack(wheel, made / "python" / "Lib" / "site-packages")
        if prefix.wait():
            sys.exit("wineboot failed")
    _stubs(made)
    _as_windows_10(made)
    (made / "whole").touch()


def requirements() -> list[str]:
    """What the program and its tests need."""
    text = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = text["project"]
    parts = project["dependencies"] + project["optional-dependencies"]["office-server"]
    return [*parts, *text["dependency-groups"]["test"], "colorama"]  # by pytest, on Windows only


def _download(folder: Path) -> list[Path]:
    """Fetch the wheels for Windows, and the one that carries Python (last)."""
    pip = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check",
           "--platform=win_amd64", "--python-version=3.11", "--only-binary=:all:"]  # fmt: skip
    say("Windows 用の部品を取り寄せます")
    bound = ["-c", str(ROOT / "constraints.txt"), "-d", str(folder / "wheels")]
    for words in ([*bound, *requirements()], ["--no-deps", "-d", str(folder), CARRIER]):
        if subprocess.run([*pip, *words], check=False, stdout=sys.stderr).returncode:
            say("Windows 用の部品を取り寄せられませんでした")
            sys.exit(NOT_HERE)
    return sorted((folder / "wheels").glob("*.whl"))


def _python(folder: Path, spare: Path) -> None:
    """Lay out a Python as its installer would."""
    say("Windows の Python を組み立てます")
    dlls = folder / "DLLs"
    dlls.mkdir(parents=True)
    with zipfile.ZipFile(next(spare.glob("panda3d*.whl"))) as carrier:
        for entry in carrier.namelist():
            name = Path(entry).name
            if not entry.startswith("deploy_libs/") or _NOT_PYTHON.match(name):
                continue
            beside = re.match(r"(python311|vcruntime)", name, re.IGNORECASE)
            (folder if beside else dlls).joinpath(name).write_bytes(carrier.read(entry))
    _second_vcruntime(folder, spare)
    _forwarder(folder, spare)
    resource = spare / "python.res"
    subprocess.run([WINDRES, "-O", "coff", HERE / "python.rc", resource], check=True)
    subprocess.run(
        [GCC, "-O2", "-s", "-municode", "-o", folder / "python.exe", HERE / "python.c", resource,
         folder / "python311.dll"], check=True,
    )  # fmt: skip
    own = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(own, folder / "Lib", ignore=shutil.ignore_patterns(*_LEFT_OUT_OF_LIB))
    (folder / "Lib" / "site-packages").mkdir()


def _second_vcruntime(folder: Path, spare: Path) -> None:
    """Take the second half of the C++ runtime from Qt, as the official Python has both."""
    wheel = next((spare / "wheels").glob("pyside6_essentials-*.whl"))
    with zipfile.ZipFile(wheel) as parts:
        for name in ("vcruntime140.dll", "vcruntime140_1.dll"):
            for old in folder.glob("*.dll"):
                if old.name.lower() == name:
                    old.unlink()
            (folder / name).write_bytes(parts.read(f"PySide6/{name}"))


def _forwarder(folder: Path, spare: Path) -> None:
    """Make python3.dll, which parts of the stable ABI ask for: each name leads to python311."""
    dump = subprocess.run(
        [OBJDUMP, "-p", folder / "python311.dll"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    table = dump.partition("[Ordinal/Name Pointer] Table")[2]
    names = re.findall(r"\[ *\d+\] (?:\+base\[ *\d+\] +[0-9a-f]+ )?(\w+)", table)
    lines = [f"{name}=python311.{name}" for name in names if name.startswith(("Py", "_Py"))]
    listed = spare / "python3.def"
    listed.write_text("LIBRARY python3.dll\nEXPORTS\n" + "\n".join(lines) + "\n", encoding="ascii")
    empty = spare / "empty.c"
    empty.write_text(
        "int DllMainCRTStartup(void *a, int b, void *c) { return 1; }\n", encoding="utf-8"
    )
    subprocess.run([GCC, "-shared", "-nostdlib", "-s", "-o", folder / "python3.dll", empty, listed],
                   check=True)  # fmt: skip


def _unpack(wheel: Path, into: Path) -> None:
    """Unpack what is needed of a wheel."""
    with zipfile.ZipFile(wheel) as parts:
        names = [name for name in parts.namelist() if not _UNUSED.match(name)]
        if wheel.name.startswith("pyside6_addons"):
            names = [name for name in names if _PDF.match(name) or ".dist-info/" in name]
        parts.extractall(into, names)


def _stubs(made: Path) -> None:
    """Make what wine 8 lacks, in the prefix only: it never ships, Windows has its own."""
    system = made / "prefix" / "drive_c" / "windows" / "system32"
    core = made / "python" / "Lib" / "site-packages" / "PySide6" / "Qt6Core.dll"
    with tempfile.TemporaryDirectory() as spare:
        code = Path(spare) / "icuuc.c"
        names = _imported(core, "icuuc.dll")
        code.write_text("".join(f"__declspec(dllexport) int {name}(void) {{ return 0; }}\n"
                                for name in names), encoding="utf-8")  # fmt: skip
        for source in (code, HERE / "bcryptprimitives.c"):
            target = system / f"{source.stem}.dll"
            subprocess.run([GCC, "-O2", "-s", "-shared", "-o", target, source, "-ladvapi32"],
                           check=True)  # fmt: skip


def _imported(library: Path, source: str) -> list[str]:
    """Names that a library takes from another."""
    dump = subprocess.run(
        [OBJDUMP, "-p", library], check=True, capture_output=True, encoding="utf-8"
    )
    part = dump.stdout.partition(f"DLL Name: {source}")[2].partition("DLL Name:")[0]
    return re.findall(r"^\t[0-9a-f]+\t +\d+ +(\w+)", part, re.MULTILINE)


def _as_windows_10(made: Path) -> None:
    subprocess.run(
        [HERE / "wine.sh", "winecfg", "/v", "win10"], check=True, stdout=sys.stderr,
        env=os.environ | {"KASHIWA_RUNTIME": str(made)},
    )  # fmt: skip


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.version_info[:2] != (3, 11):
        sys.exit("This takes a Python 3.11.")
    print(make())
