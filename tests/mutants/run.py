"""Wrong variants of the program, and the tests that must turn red for each (``make mutants``).

A list (``*.toml`` beside this file) says for each: the file, the text in it, the wrong text, why
somebody could write it, and the tests. A variant is caught when each of its tests fails in its own
body while the wrong text is loaded, and passes without it. Whatever else happens is said: a text
that is not there (once) any more, a test that is not found or breaks before it begins.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
SOURCE = CHECKOUT / "src"
LIMIT = 240
"""Seconds for the tests of one variant, on a busy machine."""
_CAUGHT = ""


@dataclass(frozen=True)
class Mutant:
    """One mistake; ``short`` is part of ``make test``."""

    name: str
    file: str
    text: str
    wrong: str
    why: str
    tests: tuple[str, ...]
    short: bool = False

    @property
    def path(self):
        return SOURCE / "kashiwa_desktop" / self.file

    @property
    def module(self):
        return "kashiwa_desktop." + self.file.removesuffix(".py").replace("/", ".")

    def trouble(self):
        """What is wrong with the entry itself, '' for nothing."""
        if not self.path.is_file():
            return f"no file {self.file}"
        source = self.path.read_text(encoding="utf-8")
        if source.count(self.text) != 1:
            return f"its text is {source.count(self.text)} times in {self.file}, not once"
        try:
            compile(source.replace(self.text, self.wrong), self.file, "exec")
        except SyntaxError as error:
            return f"its wrong text is no Python: {error}"
        return "" if self.tests else "it names no tests"


def listed():
    """All variants, in the order of the list."""
    found = []
    for path in sorted(HERE.glob("*.toml")):
        with path.open("rb") as file:
            entries = tomllib.load(file)["mutant"]
        found += [Mutant(**{**e, "tests": tuple(e["tests"])}) for e in entries]
    names = [one.name for one in found]
    double = {name for name in names if names.count(name) > 1}
    if double:
        sys.exit(f"named twice: {', '.join(sorted(double))}")
    return found


def judged(mutant):
    """Run the tests of a variant; returns what is wrong, '' where it was caught."""
    trouble = mutant.trouble()
    if trouble:
        return trouble
    with tempfile.TemporaryDirectory() as folder:
        seen, results = Path(folder) / "seen", Path(folder) / "results.xml"
        said = {
            "module": mutant.module,
            "text": mutant.text,
            "wrong": mutant.wrong,
            "seen": str(seen),
        }
        try:
            done = _pytest(mutant.tests, results, {"KASHIWA_MUTANT": json.dumps(said)})
        except subprocess.TimeoutExpired:
            return f"not done after {LIMIT} s"
        if done.returncode not in (0, 1) or not results.exists():  # 1: some test failed
            return f"no test ran:\n{done.stdout[-2000:]}{done.stderr[-500:]}"
        if not seen.exists():
            return "its wrong text was never loaded"
        return _read(mutant.tests, results)


def _read(tests, results):
    failed, other = set(), []
    for case in ET.parse(results).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        if case.find("error") is not None:
            other.append(f"broke before its body: {name}: {case.find('error').get('message')}")
        elif case.find("failure") is not None:
            failed.add(name)
    if other:
        return "\n".join(other)
    survived = [test for test in tests if not any(_is(test, name) for name in failed)]
    return _CAUGHT if not survived else f"SURVIVED {', '.join(survived)}"


def _is(test, name):
    """Whether a result is of this test, or of one of its examples where it names none."""
    file, _, case = test.partition("::")
    wanted = "tests." + file.removesuffix(".py").replace("/", ".") + "::" + case
    return name == wanted or name.startswith(f"{wanted}[")


def _pytest(tests, results, environment, *options):
    """Run them without what a run of few tests has no use for."""
    ways = [str(HERE / "inside"), *filter(None, [os.environ.get("PYTHONPATH")])]
    plain = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=short")
    report = ("-o", "junit_family=legacy", f"--junitxml={results}")
    more = {**environment, "PYTHONPATH": os.pathsep.join(ways), "KASHIWA_FULL": "0"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *report, *options, *(f"tests/{t}" for t in tests)],
        cwd=CHECKOUT,
        env={**os.environ, **more},
        timeout=LIMIT if environment else None,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def green_without(mutants):
    """Whether all the named tests pass where nothing is wrong; what they said otherwise."""
    tests = list(dict.fromkeys(test for one in mutants for test in one.tests))
    with tempfile.TemporaryDirectory() as folder:
        done = _pytest(tests, Path(folder) / "results.xml", {}, "-n", "2")
    return "" if done.returncode == 0 else done.stdout[-8000:] + done.stderr[-2000:]


def main():
    parser = argparse.ArgumentParser(description="Let every wrong variant turn its tests red.")
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--short", action="store_true", help="only those of make test")
    asked = parser.parse_args()
    mutants = [m for m in listed() if (not asked.names or m.name in asked.names)
               and (m.short or not asked.short)]  # fmt: skip
    if not mutants or not {*asked.names} <= {m.name for m in mutants}:
        sys.exit("no such variant")
    began = time.perf_counter()
    said = green_without(mutants)
    if said:
        sys.exit(f"{said}\nNamed tests are not green without any variant.")
    bad = 0
    with ThreadPoolExecutor(2) as pool:
        for mutant, trouble in zip(mutants, pool.map(judged, mutants), strict=True):
            print(f"{'caught' if not trouble else 'BAD   '} {mutant.name} {trouble}", flush=True)
            bad += bool(trouble)
    seconds, used = time.perf_counter() - began, os.times()
    spent = used.children_user + used.children_system
    print(f"{len(mutants) - bad} of {len(mutants)} caught in {seconds:.0f} s, {spent:.0f} of work")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
