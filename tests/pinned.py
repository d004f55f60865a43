"""What people see, written down before a change of the house and compared after it.

``make pin`` writes it into ``out/pinned``, ``make pinned`` makes it anew and tells each difference:
pictures of all screens in the smallest and the largest text, text and pages of every paper, every
cell of every workbook, the help and the answers of the commands over a demonstrated month. A
change of the house leaves all of it as it was; a difference is wanted and named, or undone.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "out" / "pinned"
PROGRAM = [sys.executable, "-m", "kashiwa_desktop"]
WORLD = {"KASHIWA_NOW": "2026-11-12T10:00:00", "KASHIWA_SEED": "7", "LANG": "C.UTF-8"}
RANDOM = re.compile(
    r"\b[0-9a-f]{24}(?:[0-9a-f]{40})?\b|age1[0-9a-z]{50,}|AGE-SECRET-KEY-1[0-9A-Z]+|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b"
)
"""What follows from keys, which no seed makes: hashes, keys, check codes."""
MOST = 60
"""Lines of difference told of one file."""

OFFICE = """
board --from 2026-09 --to 2026-10
board --from 2026-10 --to 2026-10 --json
totals --from 2026-10 --to 2026-10 --by area,category,type --json
totals --from 2026-10 --to 2026-10 --records= --json
conflicts --json
look-alikes --json
waiting --json
questions --promoter P001 --json
check --json
check --money
office settings --json
office terms P001 --area 1 --json
office staff --json
office log
office find 見本
office due --json
resource list --json
resource counts 2026 --json
backup
unapprove 2026-10 --promoter P001 --reason 試し
approve 2026-10 --promoter P001
print board --month 2026-10 --out {out}/board.pdf --json
print year --month 2026-10 --out {out}/year.pdf --json
print council --month 2026-10 --out {out}/council.pdf --json
print blank --month 2026-11 --out {out}/blank.pdf --json
excel --month 2026-10 --out {out}/month.xlsx --names --json
excel --month 2026-10 --out {out}/all.xlsx --names --columns {columns} --json
resource excel --out {out}/resources.xlsx --json
""".strip().splitlines()

PROMOTER = """
record list --json
record list --month 2026-10
month show 2026-10 --json
month show 2026-11
resource list
questions --json
check
backups
print report --month 2026-10 --out {out}/report.pdf --json
""".strip().splitlines()


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:] == ["keep"]:
        shutil.rmtree(KEPT, ignore_errors=True)
        make(KEPT)
        print(f"{KEPT.relative_to(ROOT)}: {sum(1 for f in KEPT.rglob('*') if f.is_file())}")
        return
    if sys.argv[1:] != ["compare"] or not KEPT.is_dir():
        sys.exit("python tests/pinned.py keep, then: python tests/pinned.py compare")
    now = KEPT.with_name("pinned-now")
    shutil.rmtree(now, ignore_errors=True)
    make(now)
    told = list(differences(KEPT, now))
    print("\n".join(told) or "nothing differs")
    sys.exit(bool(told))


def make(out: Path) -> None:
    """Make everything anew in ``out``."""
    screens(out)
    papers(out / "papers")
    commands(out)


def screens(out: Path) -> None:
    for size in ("12", "24"):
        place = out / f"screens-{size}"
        run("screens", "--out", str(place), "--text-size", size, "--window", "1092x614")


def papers(out: Path) -> None:
    """Write the text of every paper of the sample world, as a reader that is not ours sees it."""
    sys.path.insert(0, str(ROOT / "docs" / "manual"))
    import make_papers

    from kashiwa_desktop.sample import office_day

    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        day = office_day.build(Path(folder) / "day")
        for paper in make_papers.make(day, Path(folder)):
            (out / f"{paper.name}.txt").write_text(text_of(paper.pdf), encoding="utf-8")


def commands(out: Path) -> None:
    """Write what the commands answer over a demonstrated month, and the workbooks they make."""
    from kashiwa_desktop.services.records import record_columns

    columns = ",".join(record_columns.COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        world, made = Path(folder) / "demo", Path(folder) / "made"
        made.mkdir()
        run("demo", "--out", str(world), "--areas", "4")
        said = [("demo", "")]
        for whose, lines in ((world / "office", OFFICE), (world / "promoters/P001", PROMOTER)):
            for line in lines:
                words = line.format(out=made, columns=columns).split()
                answer = run(
                    "--data-dir",
                    str(whose),
                    "--as",
                    "試験 係",
                    *words,
                    KASHIWA_PASSPHRASE=(world / "passphrase.txt")
                    .read_text(encoding="utf-8")
                    .strip(),
                )
                said.append((line, answer.replace(str(folder), "FOLDER")))
        said += helps()
        text = "".join(f"$ {line}\n{RANDOM.sub('…', answer)}\n" for line, answer in said)
        (out / "commands.txt").write_text(text, encoding="utf-8")
        for book in sorted(made.glob("*.xlsx")):
            (out / f"{book.name}.txt").write_text(cells(book), encoding="utf-8")
        for paper in sorted(made.glob("*.pdf")):
            (out / f"{paper.name}.txt").write_text(text_of(paper), encoding="utf-8")


def helps() -> Iterator[tuple[str, str]]:
    """Return the help of every command, each with its second word where it has one."""
    from kashiwa_desktop.cli.parser import build_parser

    def below(parser: ArgumentParser, words: list[str]) -> Iterator[tuple[str, str]]:
        yield " ".join([*words, "--help"]), parser.format_help()
        for action in parser._actions:
            if isinstance(action, _SubParsersAction):
                for name, inner in action.choices.items():
                    yield from below(inner, [*words, name])

    os.environ["COLUMNS"] = "80"
    return below(build_parser(), [])


def run(*words: str, **more: str) -> str:
    """Run the program's own command; returns what it said, and its status where that is not 0."""
    done = subprocess.run(
        [*PROGRAM, *words], env=os.environ | WORLD | more, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return done.stdout + (f"({done.returncode})\n" if done.returncode else "")


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    return RANDOM.sub("…", f"{text.count(chr(12))} pages\n{text}")


def cells(book: Path) -> str:
    """Every cell of every sheet with its format and kind, a line each."""
    from openpyxl import load_workbook

    lines = []
    for sheet in load_workbook(book):
        lines.append(f"# {sheet.title} {sheet.dimensions}")
        for row in sheet.iter_rows():
            lines += [
                f"{c.coordinate} {c.data_type} {c.number_format} {c.value!r}"
                for c in row if c.value is not None
            ]  # fmt: skip
    return "\n".join(lines) + "\n"


def differences(before: Path, now: Path) -> Iterator[str]:
    """Tell each file that came, went or differs; of text the lines, of pictures how much of it."""
    names = {
        f.relative_to(place) for place in (before, now) for f in place.rglob("*") if f.is_file()
    }
    for name in sorted(names):
        one, two = before / name, now / name
        if not (one.exists() and two.exists()):
            yield f"{name}: {'gone' if one.exists() else 'new'}"
        elif name.suffix == ".png":
            yield from of_pictures(name, one, two)
        elif one.read_bytes() != two.read_bytes():
            old, new = (f.read_text(encoding="utf-8").splitlines() for f in (one, two))
            lines = list(difflib.unified_diff(old, new, str(name), str(name), lineterm="", n=0))
            lines = [line if len(line) < 200 else line[:200] + "…" for line in lines]
            yield from [*lines[:MOST], *([f"… {len(lines) - MOST} more"] if lines[MOST:] else [])]


def of_pictures(name: Path, one: Path, two: Path) -> Iterator[str]:
    from PIL import Image, ImageChops

    with Image.open(one) as old, Image.open(two) as new:
        if old.size != new.size:
            yield f"{name}: {old.size} is {new.size}"
            return
        box = ImageChops.difference(old.convert("RGB"), new.convert("RGB")).getbbox()
        if box:
            yield f"{name}: differs in {box}"


if __name__ == "__main__":
    main()
