"""Build the program as a folder that needs no Python, and let the result check itself.

``python packaging/build.py package`` leaves ``dist/kashiwa-desktop``.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from parts import NAME, ROOT, VERSION, parts

BUILT = ROOT / "dist" / NAME


def package() -> None:
    """Build, add the licences, and run the self-check of what was built."""
    pyinstaller = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--log-level=WARN",
    ]
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    subprocess.run([*pyinstaller, *places, str(ROOT / "packaging" / "kashiwa.spec")], check=True)
    add_licences(BUILT / "licences")
    size = sum(file.lstat().st_size for file in BUILT.rglob("*")) // 1_000_000
    print(f"{BUILT.relative_to(ROOT)}: {VERSION}, {size} MB")
    check()


def check() -> None:
    """Run the built program's ``--self-check`` far from this checkout; stop if it is not happy."""
    program = BUILT / (NAME + (".exe" if sys.platform == "win32" else ""))
    with tempfile.TemporaryDirectory() as elsewhere:
        own = {"HOME": elsewhere, "LOCALAPPDATA": elsewhere, "QT_QPA_PLATFORM": "offscreen",
               "LANG": "C.UTF-8"}  # fmt: skip
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        done = subprocess.run(
            [program, "--self-check"],
            cwd=elsewhere, env=kept | own, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    print(done.stdout, end="")
    if done.returncode or done.stderr or not done.stdout.strip():
        sys.exit(f"{done.stderr}--self-check ended with {done.returncode}")


def add_licences(folder: Path) -> None:
    """Lay the licence texts of all shipped parts beside the program."""
    shutil.copytree(ROOT / "packaging" / "licences", folder, dirs_exist_ok=True)
    for text in (ROOT / "resources" / "fonts").glob("*.txt"):
        shutil.copy(text, folder)
    for name, part in sorted(parts(Path(sysconfig.get_path("purelib"))).items()):
        for file in part.files or []:
            named = re.match(r"(licen[cs]e|copying|notice)", file.name, re.IGNORECASE)
            if named or "licenses" in file.parts:  # also of what a part brings along
                shutil.copy(file.locate(), folder / f"{name}-{file.name}")


if __name__ == "__main__":
    tasks = {"package": package, "check": check}
    if sys.argv[1:] not in [[name] for name in tasks]:
        sys.exit(f"usage: build.py {' | '.join(tasks)}")
    tasks[sys.argv[1]]()
