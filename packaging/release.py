"""Put together what is handed out: ``make release`` fills ``dist/release``.

The wheel and the source, the parts of others for an office without a network, the Debian package,
the installer for Windows where it was made with the official Python before, a bill of materials,
and the SHA-256 of each file.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from parts import NAME, ROOT, VERSION, parts

OUT = ROOT / "dist" / "release"
SUMS = "SHA256SUMS"
BILL = "bill-of-materials.cdx.json"


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    packages()
    wheels(OUT / "wheels")
    built(VERSION)
    starter()
    bill(VERSION)
    sums()
    for file in sorted(OUT.iterdir()):
        size = (
            sum(f.stat().st_size for f in file.rglob("*")) if file.is_dir() else file.stat().st_size
        )
        print(f"{file.relative_to(ROOT)}  {size / 1e6:.1f} MB")


def packages() -> None:
    """Build the source package, and the wheel out of it: so it holds all that is needed."""
    made = f"from setuptools import build_meta; build_meta.build_sdist({str(OUT)!r})"
    quiet = {"stdout": subprocess.DEVNULL}
    subprocess.run([sys.executable, "-c", made], cwd=ROOT, check=True, **quiet)
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", str(OUT), str(next(OUT.glob("*.tar.gz")))], check=True)


def wheels(folder: Path) -> None:
    """Fetch the parts of others in the versions that were tested, for this system."""
    pip = [sys.executable, "-m", "pip", "download", "-qq", "--only-binary=:all:"]
    wanted = ["-c", str(ROOT / "constraints.txt"), "-d", str(folder), "pip", "setuptools"]
    ours = next(OUT.glob("*.whl"))
    subprocess.run([*pip, *wanted, f"{NAME}[office-server] @ {ours.as_uri()}"], check=True)
    for own in folder.glob("kashiwa_desktop-*.whl"):
        own.unlink()


def built(version: str) -> None:
    """Take along the installer and the Debian package where they were built for this version."""
    for name in (f"{NAME}-{version}-setup.exe", f"{NAME}_{version}_amd64.deb"):
        file = ROOT / "dist" / name
        if file.exists():
            shutil.copy2(file, OUT / name)
        else:
            print(f"not there: {file.relative_to(ROOT)}")


def starter() -> None:
    """Print the pages for an office that begins."""
    script = ROOT / "packaging" / "starter" / "make_pdfs.py"
    subprocess.run([sys.executable, str(script), str(OUT / "starter")], check=True)


def bill(version: str) -> None:
    """Write which parts are inside, with versions and licences (CycloneDX 1.5)."""
    value = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "name": NAME, "version": version,
                                   "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": list(components()),
    }  # fmt: skip
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    (OUT / BILL).write_text(text + "\n", encoding="utf-8")


def components() -> Iterator[dict[str, object]]:
    """Return every part of others that the program carries."""
    held = parts(Path(sysconfig.get_path("purelib")))
    for part in (held[name].metadata for name in sorted(held)):
        said = part["License-Expression"] or part["License"] or ""
        licence = said.strip().split("\n")[0][:120] or "see its text"
        yield {
            "type": "library", "name": part["Name"], "version": part["Version"],
            "purl": f"pkg:pypi/{part['Name'].lower()}@{part['Version']}",
            "licenses": [{"license": {"name": licence}}],
        }  # fmt: skip
    for font in sorted((ROOT / "resources" / "fonts").glob("*.ttf")):
        yield {"type": "file", "name": font.name,
               "hashes": [{"alg": "SHA-256", "content": digest(font)}]}  # fmt: skip


def sums() -> None:
    """Write the SHA-256 of each file, to be compared by ``sha256sum -c``."""
    files = sorted(f for f in OUT.rglob("*") if f.is_file() and f.name != SUMS)
    lines = [f"{digest(file)}  {file.relative_to(OUT).as_posix()}\n" for file in files]
    (OUT / SUMS).write_text("".join(lines), encoding="ascii")


def digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


if __name__ == "__main__":
    main()
