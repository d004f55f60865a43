"""The house rules that a machine can check; each finder is shown a wrong sample it must find."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import grimp
import pytest

import kashiwa_desktop
import words_seen
from kashiwa_desktop.domain import activity, board, in_words, log_words
from kashiwa_desktop.domain import resource as resources
from kashiwa_desktop.paths import resource
from live_store import openers
from words_seen import Seen

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "kashiwa_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERYWHERE = (
    SOURCES
    + TESTS
    + [
        path
        for room in ("benchmarks", "packaging", "docs")
        for path in sorted((ROOT / room).rglob("*.py"))
    ]
)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]

NO_ROOMS = {"util", "utils", "helper", "helpers", "base", "common", "misc"}
_WRITES_OR_READS = r"(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|DELETE\s+FROM\s|UPDATE\s+\S+\s+SET\s)"
SQL = re.compile(rf"\b{_WRITES_OR_READS}|^\s*(?i:{_WRITES_OR_READS})")


def named(path):
    return str(path.relative_to(ROOT))


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def names(tree):
    """Every name that is used: bare, imported, or after a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def forbidden_words(tree):
    return words_seen.forbidden(Seen("", line, text) for line, text in words_seen.said(tree))


def built_text(node):
    """The text of an f-string, a ``%``, a ``+`` or a ``.format``, with ``x`` for what is put in."""
    match node:
        case ast.JoinedStr():
            return "".join(p.value if isinstance(p, ast.Constant) else "x" for p in node.values)
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod() | ast.Add()):
            return text.replace("%s", "x")
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
            return text.replace("{}", "x")
    return ""


def built_sql(tree):
    return [text for node in ast.walk(tree) if SQL.search(text := built_text(node))]


def resources_named(tree):
    """The first argument of each ``resource(…)``; of an f-string, the folder before its hole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "resource":
            match node.args:
                case [ast.Constant(value=str(text))]:
                    yield text
                case [ast.JoinedStr(values=[ast.Constant(value=str(text)), *_])]:
                    yield text.rpartition("/")[0]


def left_out(tree):
    """Ways to make a test say nothing."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="skip" | "skipif" | "xfail" | "importorskip"):
                yield node.attr
            case ast.Assert(test=ast.Constant()):
                yield "assert True"


def unencoded(tree):
    """Text read or written without saying how: on a Japanese Windows that is cp932."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and "encoding" not in {k.arg for k in node.keywords}:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            pairs = {(k.arg, getattr(k.value, "value", "")) for k in node.keywords}
            modes = [a.value for a in node.args if isinstance(getattr(a, "value", 0), str)]
            texts = {"read_text": 0, "write_text": 1}
            if (
                texts.get(name) == len(node.args)
                or ("text", True) in pairs
                or (
                    name in ("open", "fdopen") and any(m and set(m) <= set("rwax+t") for m in modes)
                )
            ):
                yield ast.unparse(node)


def flushes(tree):
    """Where a descriptor is flushed: only what is open for writing can be, on Windows."""
    return [n for n in ast.walk(tree) if getattr(n, "attr", "") in ("fsync", "fdatasync")]


MOVERS = {"replace", "rename", "unlink", "rmdir", "rmtree", "renames", "remove", "move"}


def impatient(tree):
    """Files renamed or removed without waiting for a virus scanner; texts have ``replace`` too."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    waiting = [
        c for c in calls if getattr(c.func, "attr", getattr(c.func, "id", "")) == "patiently"
    ]
    patient = {id(inner) for call in waiting for inner in ast.walk(call)}
    return [ast.unparse(c) for c in calls if id(c) not in patient and _moves_a_file(c)]


def _moves_a_file(call):
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args) if name in MOVERS:
            of = ast.unparse(owner)
            on_path = name in ("replace", "rename") and len(args) == 1 and not call.keywords
            return of in ("os", "shutil") or name in ("unlink", "rmdir") or on_path
    return False


def test_each_room_uses_only_the_floors_below_it():
    check = "from importlinter.cli import lint_imports_command as check; check()"
    done = subprocess.run(
        [sys.executable, "-c", check, "--no-cache", "--no-logo"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(parsed(path))


def test_nothing_is_said_that_people_need_not_understand():
    assert words_seen.forbidden(words_seen.everything()) == []


def test_each_thing_is_called_by_one_word():
    assert words_seen.broken_terms(words_seen.everything()) == []


def test_every_word_of_the_list_is_said_somewhere():
    said = "\n".join(seen.text for seen in words_seen.everything())
    assert [term.word for term in words_seen.TERMS if term.word not in said] == []


def test_all_that_people_read_is_seen():
    """Screens, papers, commands, refusals, the manual and the tables: each by one sentence."""
    rooms = {seen.where.split("/")[2] for seen in words_seen.everything() if "src/" in seen.where}
    assert rooms >= {"ui", "reports", "cli", "services", "bundle", "domain", "storage", "excel"}
    files = {path.name for path in words_seen.papers_of_help()}
    assert files >= {"README.md", "manual.md", "commands.md", "areas.csv", "standard.toml"}
    labels = {seen.text for seen in words_seen.everything()}
    tables = (activity.FIELDS, activity.COUNCIL, resources.FIELDS, *in_words.TABLES.values())
    assert {field.label for table in tables for field in table} <= labels
    assert {word for _, word in board.STATES.values()} <= labels
    assert {*log_words.EVENTS.values(), *log_words.FIELDS.values()} <= labels


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("src/kashiwa_desktop/ui/x.py", "USBを抜いてください"),
        ("src/kashiwa_desktop/ui/office/x.py", "わけをお書きください"),
        ("resources/help/manual.md", "差戻された月"),
        ("docs/manual/commands.md", "支払い済にします"),
        ("src/kashiwa_desktop/cli/x.py", "謝金を計算します"),
    ],
)
def test_a_wrong_term_is_found(where, text):
    assert words_seen.broken_terms([Seen(where, 1, text)])


def test_a_right_term_is_left_alone():
    said = ("USBメモリーを抜いても大丈夫です", "差し戻しました", "差戻し", "振り込みます",
            "6回は目安です。回数にかかわらず提出できます。")  # fmt: skip
    here = [Seen("src/kashiwa_desktop/ui/promoter/x.py", 1, text) for text in (*said, "わけを")]
    assert words_seen.broken_terms(here) == []


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_text_never_becomes_markup_sql_or_a_bare_message_box(path):
    tree = parsed(path)
    assert {"Paragraph", "QMessageBox"}.isdisjoint(names(tree))
    assert built_sql(tree) == []


@pytest.mark.parametrize("path", EVERYWHERE, ids=named)
def test_text_is_read_and_written_as_what_it_is(path):
    assert list(unencoded(parsed(path))) == []


def test_only_the_disk_flushes_and_only_what_is_open_for_writing():
    where = {named(path) for path in SOURCES if flushes(parsed(path))}
    assert where == {
        "src/kashiwa_desktop/disk.py", "src/kashiwa_desktop/crypto/key_files.py",
    }  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_files_get_and_lose_names_with_patience(path):
    """Only ``disk`` itself, and the log, which goes on where a page is held."""
    found = list(impatient(parsed(path)))
    assert found == [] or path.name in ("disk.py", "logs.py"), found


FORKS = {
    "fork", "killed_at_every_moment", "struck_at_random", "told_at_once", "at_sqlite_calls",
    "mkfifo", "setrlimit",
}  # fmt: skip
"""What Windows does not have; whoever tells a story with it says so (marker ``posix``)."""


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_what_needs_posix_says_so(path):
    is_test = path.stem.startswith("test_") and path.name != "test_house.py"
    if is_test and FORKS & set(names(parsed(path))):
        text = path.read_text(encoding="utf-8")
        assert "mark.posix" in text or 'os.name == "posix"' in text


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_no_test_is_left_out(path):
    assert list(left_out(parsed(path))) == []


def rings(arrows):
    """Return what leads back to itself, each time as the sorted names that lie in one circle."""
    reached = {name: _reached(arrows, name) for name in arrows}
    return {
        tuple(sorted(other for other in reached[name] if name in reached.get(other, ())))
        for name in arrows
        if name in reached[name]
    }


def _reached(arrows, name):
    found, todo = set(), list(arrows[name])
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += arrows.get(one, ())
    return found


def circles(graph):
    """Return every circle of imports: of modules, and in each package of the parts it holds."""
    reads = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    found = {("module", ring) for ring in rings(reads)}
    for package in graph.modules:
        arrows = {part: set() for part in graph.find_children(package)}
        for name, others in reads.items():
            here = _part(package, name)
            there = {_part(package, other) for other in others}
            arrows.get(here, set()).update(there - {here, None})
        found |= {(package, ring) for ring in rings(arrows)}
    return found


def _part(package, name):
    """Return in which part of a package a module lies, None where it does not lie in it."""
    if not name.startswith(f"{package}."):
        return None
    return ".".join(name.split(".")[: package.count(".") + 2])


@pytest.fixture
def graph():
    return grimp.build_graph("kashiwa_desktop", cache_dir=None)


def test_no_imports_lie_in_a_circle_on_any_level(graph):
    assert circles(graph) == set()


@pytest.mark.parametrize(
    ("importer", "imported", "found_in"),
    [
        ("services.store", "services.months.closing", "kashiwa_desktop.services"),
        ("ui.promoter.register.register_card", "ui.promoter.home.home_offers",
         "kashiwa_desktop.ui.promoter"),
        ("app.support", "app.opening", "module"),
        ("domain.month", "services.store", "kashiwa_desktop"),
    ],
)  # fmt: skip
def test_an_import_that_leads_back_is_found(graph, importer, imported, found_in):
    """The wrong variant: one more import closes a circle, of modules or only of folders."""
    graph.add_import(importer=f"kashiwa_desktop.{importer}", imported=f"kashiwa_desktop.{imported}")
    assert found_in in {where for where, _ in circles(graph)}


def test_no_part_of_the_services_is_without_a_floor():
    (contract,) = (
        one
        for one in PYPROJECT["tool"]["importlinter"]["contracts"]
        if one.get("containers") == ["kashiwa_desktop.services"]
    )
    assert contract["exhaustive"]
    assert not {"ignore_imports", "exhaustive_ignores"} & set(contract)


READ_BY_OTHERS = {
    "_split_lines": "argparse asks for it",
    "down_revision": "Alembic asks for it",
    "REMADE": "witness: why a table has no line of its own; a test sees that no table is forgotten",
    "CHAINED": "witness: the same",
    "ALONE": "witness: the same",
    "TEXT_PAIRS": "theme: which colours stand on which; a test measures every pair",
    "cancel_all": "jobs: how a test stops work between two steps",
    "is_beside": "side by side: how a test sees where the parts stand",
    "is_writing": "resource page: how a test sees which stage is in view",
    "allow_several": "table: choosing several rows, beside the list that has its own boxes",
}  # fmt: skip
"""What nothing in the program reads by its name, and who does."""
QTS_OWN = re.compile(r"__\w+__|[a-z]+([A-Z][a-z]+)+")


def offered(tree):
    """Names of functions, classes, methods and constants of a module."""
    for node in ast.walk(tree):
        for one in node.body if isinstance(node, ast.Module | ast.ClassDef) else ():
            if isinstance(one, ast.FunctionDef | ast.ClassDef):
                yield one.name
            elif isinstance(node, ast.Module) and isinstance(one, ast.Assign):
                yield from (at.id for at in one.targets if isinstance(at, ast.Name))


def said(tree):
    """Names that are read: bare, after a dot, or as a text (``getattr``, tables of names)."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                yield name
            case ast.Constant(value=str(name)) if name.isidentifier():
                yield name


def never_read(trees):
    """Names that are offered and never read; ``paintEvent`` and its like are called by Qt."""
    read = set(chain.from_iterable(map(said, trees)))
    held = set(chain.from_iterable(map(offered, trees)))
    return {name for name in held - read if not QTS_OWN.fullmatch(name)}


def test_nothing_is_kept_that_nobody_reads():
    assert never_read([parsed(path) for path in SOURCES]) == set(READ_BY_OTHERS)


def test_what_nobody_reads_is_found():
    trees = ["A = 1\nclass B:\n    def c(self): ...\ndef d(): return B().e",
             "from m import d\ndef paintEvent(): d()"]  # fmt: skip
    assert never_read([ast.parse(one) for one in trees]) == {"A", "c"}


def test_every_shipped_file_named_in_code_exists():
    wanted = {name for path in SOURCES for name in resources_named(parsed(path))}
    assert all(resource(name).exists() for name in wanted)


OPENED_BY_ITSELF = {
    "kashiwa_desktop.storage.swapping::_read_beside: path.open":
        "a damaged store that a copy goes into: opened before its lock is taken, closed after it",
    "kashiwa_desktop.disk::flush: os.open":
        "a name flushed on Windows alone, where a lock belongs to a handle and not to a process",
}  # fmt: skip
"""Who may open the file of a store past SQLite, and why: see RELIABILITY.md §6.1."""


def test_nobody_but_sqlite_opens_a_live_store():
    trees = {".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts): parsed(p)
             for p in SOURCES}  # fmt: skip
    assert openers(trees) == set(OPENED_BY_ITSELF)


WRONG_OPENERS = {
    "self.path.open": """
class Database:
    def _commits(self):
        with self.path.open("rb") as file:
            return file.read(4)
""",
    "open": """
def peek(folder):
    place = folder.store
    with open(place) as file:
        return file.read()
""",
    "path.read_bytes": """
def digest(path):
    return hash(path.read_bytes())

def kept(folder, other):
    return digest(folder.store if folder else other)
""",
    "os.link": """
class Keeping:
    def keep(self):
        for name in (self._folder.store, self._folder.note):
            self._second(name)

    def _second(self, name):
        patiently(lambda: os.link(name, "x"))
""",
    "shutil.copy2": """
def kept(store, begin):
    begin(partial(copied, store.db.path))

def copied(path):
    shutil.copy2(path, path.with_name("other"))
""",
    "self.place.read_bytes": """
@dataclass
class Going:
    name: str
    place: Path

    def begin(self):
        return self.place.read_bytes()

def go(folder):
    return Going("x", folder.store).begin()
""",
}


@pytest.mark.parametrize("how", WRONG_OPENERS, ids=list(WRONG_OPENERS))
def test_who_opens_a_live_store_is_found(how):
    (found,) = openers({"room.wrong": ast.parse(WRONG_OPENERS[how])})
    assert found.endswith(f": {how}")


def test_who_opens_another_file_is_left_alone():
    right = """
def support(folder, out):
    text = folder.log.read_text()
    with out.open("wb") as file:
        file.write(folder.store.with_name("store.db.part").read_bytes())
    return sqlite3.connect(folder.store), folder.store.exists(), text
"""
    assert openers({"room.right": ast.parse(right)}) == set()


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [named(path) for path in SOURCES + TESTS if path.stem in NO_ROOMS] == []


STAND_TWICE = {
    "Answer", "AskCard", "Asked", "Behind", "Change", "Column", "Contact", "CouncilForm",
    "Desk", "Done", "Entry", "Figure", "Found", "Home", "Kept",
    "Line", "Listing", "Made", "Meeting", "Office", "Page", "Place", "Question", "RecordCard",
    "RecordForm", "ResourceForm", "Row", "Section", "Seen", "Sender", "Side",
    "StickWatch", "Table", "Task", "Written",
}  # fmt: skip
"""Public classes of one name in two rooms: cousins that only look alike. None is added."""


def public_classes():
    """How often each public class name stands in the sources."""
    return Counter(
        node.name
        for path in SOURCES
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )


def test_a_new_class_has_a_name_of_its_own():
    twice = {name for name, count in public_classes().items() if count > 1}
    assert twice - STAND_TWICE == set(), "say what it is in words that no other class has"
    assert STAND_TWICE - twice == set(), "stands once now: take it out of the list"


def test_the_version_is_one_and_the_changelog_has_it():
    assert PROJECT["dynamic"] == ["version"]  # it stands in the package alone
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.escape(kashiwa_desktop.__version__)
    assert re.search(rf"^## {version}\b", changelog, re.MULTILINE)


def test_every_dependency_has_one_exact_version():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    wanted = chain(PROJECT["dependencies"], *PYPROJECT["dependency-groups"].values())
    bare = {re.split(r"[<>=\[ ]", line, maxsplit=1)[0].lower() for line in wanted}
    assert bare - pinned == set()


def test_no_file_knows_where_parts_come_from_or_on_which_machine_it_was_made():
    places = ["pypi" + ".org", "python" + "hosted", "deb.debian" + ".org", "npmjs" + ".",
              "/work" + "/", "/root" + "/"]  # fmt: skip
    kinds = {".py", ".toml", ".txt", ".md", ".sh", ".spec", ".json", ".csv", ".mako", ""}
    kept = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        kept, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    assert ROOT / "README.md" in files
    found = [
        (named(file), place)
        for file in files
        if file.is_file() and file.suffix in kinds
        for text in [file.read_text(encoding="utf-8", errors="replace")]
        for place in places
        if place in text
    ]
    assert found == []


@pytest.mark.parametrize(
    ("finder", "wrong", "right"),
    [
        (forbidden_words, "say(f'{n}件を同期しました')", "'''同期'''\nsay('保存')  # 同期"),
        (forbidden_words, "say('エ' 'ラー' f'{n}')", "re.search('エラー', text); say(f'{n}件')"),
        (forbidden_words, "def f():\n    return 'エラー'", "def f():\n    'エラー'"),
        (built_sql, "run(f'SELECT * FROM {t}')", "run('SELECT * FROM t')"),
        (built_sql, "run(f'UPDATE {t} SET a = 1')", "say(f'{n} to select from')"),
        (built_sql, "run('DELETE FROM t WHERE a = ' + a)", "run('DELETE FROM t', a)"),
        (built_sql, "run('insert into %s values (1)' % t)", "say('%s' % t)"),
        (built_sql, "run('SELECT {}'.format(a))", "say('{}'.format(a))"),
        (left_out, "@pytest.mark.skipif(True)\ndef test(): ...", "def test(): ..."),
        (left_out, "assert True", "assert x"),
        (unencoded, "p.read_text()", "p.read_text(encoding='utf-8')"),
        (unencoded, "p.write_text(a)", "p.write_text(a, 'utf-8')"),
        (unencoded, "open(p, 'w')", "open(p, 'wb')"),
        (unencoded, "p.open('r')", "p.open('rb'); ring.open(words)"),
        (unencoded, "run(a, text=True)", "run(a, encoding='utf-8')"),
        (flushes, "os.fsync(f)", "os.close(f)"),
        (impatient, "part.replace(path)", "disk.replace(part, path); 'a'.replace('a', 'b')"),
        (impatient, "p.rename(q)", "disk.patiently(lambda: p.rename(q)); roster.rename(a, b, c)"),
        (impatient, "path.unlink()", "disk.remove(path)"),
        (impatient, "shutil.rmtree(p, ignore_errors=True)", "disk.forget_tree(p)"),
        (impatient, "os.replace(a, b)", "replace(a, b=1); one.replace(x=2)"),
    ],
)
def test_the_finders_find(finder, wrong, right):
    assert list(finder(ast.parse(wrong)))
    assert not list(finder(ast.parse(right)))


@pytest.mark.parametrize("use", ["from m import QMessageBox", "QtWidgets.QMessageBox.about(w)"])
def test_names_are_found_however_they_are_used(use):
    assert "QMessageBox" in names(ast.parse(use))


def test_shipped_files_are_found_in_code():
    tree = ast.parse("resource('a.json'); resource(f'fonts/{n}.ttf'); resource(name); other('b')")
    assert list(resources_named(tree)) == ["a.json", "fonts"]
