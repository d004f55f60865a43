"""The same month on Linux and on Windows: equal digests, papers, workbooks, and each other's files.

``python packaging/windows/interchange.py MADE_ON_LINUX MADE_ON_WINDOWS FOLDER`` takes two folders
of ``demo``, each made on one system. Of each it makes a copy for either system in FOLDER, plays the
same commands in both, and compares what was said and every file that was written, byte for byte.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS = {"KASHIWA_NOW": "2026-12-02T10:00", "KASHIWA_SEED": "1"}
RECORD = """{"date":"2026-11-12","minutes":60,"category":"network","type":"business",\
"status":"held","title":"髙﨑商店と打合せ","content":"①買い物の送り迎え ②見守り","attendees":3}
"""
OFFICE, PC, OUT = Path("office_start"), Path("promoters/P001"), Path("out")


def steps() -> list[list[str]]:
    """Return the commands: a month of the office, and one of a promoter on top.

    The payment list is left out: it names the head of the log, which holds the sum of a sealed
    file, and no sealing is like another. What it lists stands in the workbook.
    """
    office, pc = ["--data-dir", str(OFFICE)], ["--data-dir", str(PC)]
    sent = sorted(str(file) for file in Path("submissions").glob("*.kssz"))
    october, november = ["--month", "2026-10"], str(OUT / "november.kssz")
    return [
        [*office, "intake", *sent],
        [*office, "digest"],
        [*office, "approve", "2026-10", "--all-clean"],
        *([*office, "print", paper, *october, *more, "--out", str(OUT / f"{paper}.pdf")]
          for paper, more in (("honorarium", ["--all"]), ("report", []), ("board", []))),
        [*office, "excel", *october, "--out", str(OUT / "month.xlsx")],
        [*office, "office", "bank", "bank.csv"],
        [*office, "zengin", "2026-10", "--date", "2026-12-18", "--out", str(OUT / "transfer.txt")],
        [*pc, "record", "add", "november.jsonl"],
        [*pc, "month", "close", "2026-11"],
        [*pc, "submit", "2026-11", "--out", november],
        [*office, "intake", november],
        [*office, "totals", "--from", "2026-10", "--to", "2026-11", "--json"],
        [*office, "digest"],
        [*office, "check", "--rebuild"],
    ]  # fmt: skip


def play() -> None:
    """Play the commands in the folder one is in, on the system one is on."""
    from kashiwa_desktop.app.front_door import main

    os.environ |= SEEDS | {"KASHIWA_PASSPHRASE": Path("passphrase.txt").read_text("utf-8").strip()}
    OUT.mkdir()
    Path("november.jsonl").write_text(RECORD, encoding="utf-8", newline="\n")
    with (OUT / "said.txt").open("w", encoding="utf-8", newline="\n") as said:
        for words in steps():
            with contextlib.redirect_stdout(said):
                status = main(words)
            if status:
                sys.exit(f"{' '.join(words)}: {status}")


def main(made: dict[str, Path], folder: Path) -> None:
    here = str(Path(__file__).resolve())
    ways = {"linux": [sys.executable], "windows": [str(HERE / "wine-python.sh")]}
    for maker, source in made.items():
        played = {}
        for system, way in ways.items():
            place = folder / f"{maker}-{system}"
            shutil.copytree(source, place)
            subprocess.run([*way, here, "play"], cwd=place, check=True)
            played[system] = contents(place / OUT)
        compare(maker, played["linux"], played["windows"])


def contents(out: Path) -> dict[str, bytes]:
    """Return every file that was written, by name; a sealed one (each sealing differs) by its name.

    What was in the sealed one is told by the digest of the office that took it in.
    """
    found = {f.name: f.read_bytes() for f in out.iterdir()}
    return {n: b"" if n.endswith(".kssz") else v.replace(b"\\", b"/") if n == "said.txt" else v
            for n, v in found.items()}  # fmt: skip


def compare(maker: str, linux: dict[str, bytes], windows: dict[str, bytes]) -> None:
    different = sorted(n for n in linux | windows if linux.get(n) != windows.get(n))
    if different:
        print(linux["said.txt"].decode(), windows["said.txt"].decode(), sep="\n--\n")
        sys.exit(f"made on {maker}: not the same on both systems: {', '.join(different)}")
    print(f"made on {maker}: {len(linux)} files the same on both systems")


if __name__ == "__main__":
    if sys.argv[1:] == ["play"]:
        play()
    else:
        on_linux, on_windows, into = (Path(word).absolute() for word in sys.argv[1:])
        main({"linux": on_linux, "windows": on_windows}, into)
