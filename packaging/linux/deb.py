"""Make the Debian package, and try it: ``make deb``.

``python packaging/linux/deb.py [--small]`` leaves ``dist/kashiwa-desktop_X.Y.Z_amd64.deb``: the
program with its parts in /opt/kashiwa-desktop, run by Debian's own Python. The package is installed
into a root of its own below the folder for temporary files, checks itself there, and is removed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import shell_words  # noqa: E402
from build import add_licences  # noqa: E402
from parts import NAME, PICTURE, ROOT, TITLE, VERSION, compile_all, copy, drawn, fill  # noqa: E402

OUT = ROOT / "dist" / "debian"
DEB = ROOT / "dist" / f"{NAME}_{VERSION}_amd64.deb"
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
INSIDE = Path("opt") / NAME
_MODULES = "Core|Gui|Widgets|Network|Pdf|PdfWidgets|PrintSupport|Svg"
_QT = re.compile(
    rf"(PySide6|shiboken6)/(__init__|_\w+)\.py$|PySide6/(Qt({_MODULES})\.abi3\.so|support/.*\.py)$"
    r"|(PySide6|shiboken6)/(libpyside6|libshiboken6|Shiboken)\.abi3\.so[.\d]*$"
    r"|PySide6/Qt/translations/(qt|qtbase)_ja\.qm$"
    r"|PySide6/Qt/plugins/(platforms/libq(xcb|offscreen|wayland)\.so|iconengines/"
    r"|imageformats/libq(svg|ico|jpeg)\.so|platformthemes/libqxdg|printsupport/|xcbglintegrations/"
    r"|platforminputcontexts/lib(compose|ibus)|wayland-(decoration|graphics-integration)-client/"
    r"|wayland-shell-integration/libxdg)"
)
# of a desktop, which the machine that builds may lack: the library, and the package for it
_OF_A_DESKTOP = {
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libdrm.so.2": "libdrm2",
}


def lay_out() -> None:
    """Lay out the root of the package."""
    shutil.rmtree(OUT, ignore_errors=True)
    program, lib = OUT / INSIDE, OUT / INSIDE / "lib"
    site = Path(sysconfig.get_path("purelib"))
    fill(lib, site, lambda path: not path.startswith(("PySide6", "shiboken6")) or _QT.match(path))
    _follow(lib, site)
    compile_all(lib)
    launcher = (HERE / "launcher.sh").read_text(encoding="utf-8").replace("@PYTHON@", PYTHON)
    (program / NAME).write_text(launcher, encoding="utf-8")
    (program / NAME).chmod(0o755)
    copy(HERE / "start.py", program / "start.py")
    add_licences(program / "licences")
    _desktop(OUT / "usr")


def _follow(lib: Path, site: Path) -> None:
    """Copy the libraries of Qt that what is there asks for, until nothing more is asked."""
    offered = {file.name: file for file in (site / "PySide6" / "Qt" / "lib").glob("*.so*")}
    while wanted := asked(lib) & offered.keys():
        for name in wanted:
            copy(offered[name], lib / offered[name].relative_to(site))


def asked(folder: Path) -> set[str]:
    """Return the names of libraries that files of a folder ask for and that it does not hold."""
    files = [file for file in folder.rglob("*") if re.search(r"\.so(\.\d+)*$", file.name)]
    dump = subprocess.run(
        ["objdump", "-p", *files], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    needed = set(re.findall(r"^  NEEDED +(\S+)$", dump, re.MULTILINE))
    return needed - {file.name for file in files}


def _desktop(usr: Path) -> None:
    """Lay out what a desktop reads: the entry, the kinds of files, icons, and words for a shell."""
    copy(HERE / f"{NAME}.desktop", usr / "share" / "applications" / f"{NAME}.desktop")
    copy(HERE / f"{NAME}.xml", usr / "share" / "mime" / "packages" / f"{NAME}.xml")
    icons = usr / "share" / "icons" / "hicolor"
    copy(PICTURE, icons / "scalable" / "apps" / f"{NAME}.svg")
    for size in (48, 256):
        file = icons / f"{size}x{size}" / "apps" / f"{NAME}.png"
        file.parent.mkdir(parents=True)
        file.write_bytes(drawn(size))
    (usr / "bin").mkdir()
    (usr / "bin" / NAME).symlink_to(f"/{INSIDE / NAME}")
    copy(ROOT / "LICENSE", usr / "share" / "doc" / NAME / "copyright")
    for text, place in (
        (shell_words.completion(), Path("bash-completion", "completions", NAME)),
        (shell_words.manual(), Path("man", "ja", "man1", f"{NAME}.1")),
        (shell_words.manual(), Path("man", "man1", f"{NAME}.1")),
    ):
        file = usr / "share" / place
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")


def depends() -> list[str]:
    """Return the packages whose libraries are asked for, and the Python; exits where one is not."""
    listed = subprocess.run(
        ["/sbin/ldconfig", "-p"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    places = dict(re.findall(r"^\t(\S+) \(libc6,x86-64.* => (\S+)$", listed, re.MULTILINE))
    found = {PYTHON}
    for name in sorted(asked(OUT / INSIDE / "lib")):
        of = _OF_A_DESKTOP.get(name) or (_package(places[name]) if name in places else "")
        if not of:
            sys.exit(f"asked for, and neither in the folder nor in a Debian package: {name}")
        found.add(of)
    return sorted(found)


def _package(library: str) -> str:
    """Return the package of a library, '' for none; /lib is a link to /usr/lib by now."""
    for path in {
        library,
        library.removeprefix("/usr"),
        f"/usr{library}",
        os.path.realpath(library),
    }:
        query = ["dpkg-query", "-S", path]
        said = subprocess.run(query, check=False, capture_output=True, encoding="utf-8").stdout
        if said:
            return said.partition(":")[0]
    return ""


def pack(*, small: bool) -> None:
    """Write the package; ``small`` takes minutes longer."""
    size = sum(file.lstat().st_size for file in OUT.rglob("*")) // 1024
    control = OUT / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"""Package: {NAME}
Version: {VERSION}
Architecture: amd64
Maintainer: 地域支えあい活動記録を作る人たち <{NAME}@example.invalid>
Installed-Size: {size}
Depends: {", ".join(depends())}
Recommends: bash-completion, desktop-file-utils, man-db, shared-mime-info
Section: misc
Priority: optional
Description: {TITLE}
 活動の記録から月報・委託金の支払一覧まで。記録は各自のフォルダーにあり、
 このパッケージを消しても残ります。
""",
        encoding="utf-8",
    )
    for path in (OUT, *OUT.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    how = ["-Zxz"] if small else ["-Zzstd", "-z3"]
    build = ["dpkg-deb", "--root-owner-group", *how, "-b", str(OUT), str(DEB)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    words = argparse.ArgumentParser(description="Make the Debian package, and try it.")
    words.add_argument("--small", action="store_true", help="as small as it gets (minutes)")
    given = words.parse_args()
    lay_out()
    pack(small=given.small)
    print(f"{DEB.relative_to(ROOT)}: {DEB.stat().st_size // 1_000_000} MB", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([HERE / "trial.sh", DEB, folder], check=True)


if __name__ == "__main__":
    main()
