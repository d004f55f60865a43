"""Finds who opens, reads, copies or links the file of a live store past SQLite (RELIABILITY §6.1).

Closing any descriptor of a file gives away every lock that this process holds on it. So the path of
a store is followed through the source: from where it is named (``folder.store``, ``db.path``), into
variables, loops and the functions that it is handed to, up to a call that opens it.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass, field

OPENS = {
    "open", "os.open", "os.link", "os.symlink", "io.open", "shutil.copy", "shutil.copy2",
    "shutil.copyfile", "shutil.move", "hashlib.file_digest",
}  # fmt: skip
"""Functions that open what their arguments name."""
OPENS_ITSELF = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "touch",
                "hardlink_to", "copy", "copy_into"}  # fmt: skip
"""Methods of a path that open the file it names."""


@dataclass
class Function:
    """A function, what its parameters are called, and which of them are a live store's path."""

    module: str
    node: ast.AST
    names: list[str]
    live: set[str] = field(default_factory=set)

    @property
    def name(self):
        return f"{self.module}::{self.node.name}"


@dataclass
class Fields:
    """The fields of a dataclass as one of its methods names them: its call gives them values."""

    names: list[str]
    method: Function

    @property
    def live(self):
        return self.method.live


def openers(sources):
    """Return where ``{module: tree}`` opens a live store by itself, as ``module::function``."""
    rooms = {module: _Room(module, tree) for module, tree in sources.items()}
    found, changed = set(), True
    while changed:
        changed = False
        for room in rooms.values():
            for one in room.functions:
                opened, handed = _followed(one, room, rooms)
                found |= opened
                for other, name in handed:
                    changed |= name not in other.live
                    other.live.add(name)
    return found


class _Room:
    """The functions of a module, and which modules its names stand for."""

    def __init__(self, module, tree):
        self.module = module
        self.functions = [
            Function(module, node, [a.arg for a in (*node.args.posonlyargs, *node.args.args)])
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        ]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == "Database":
                inside = set(ast.walk(node))
                for one in self.functions:
                    one.live |= {"self.path"} if one.node in inside else set()
        self.fields = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                inside = set(ast.walk(node))
                told = [f"self.{one.target.id}" for one in node.body
                        if isinstance(one, ast.AnnAssign)]  # fmt: skip
                methods = [one for one in self.functions if one.node in inside]
                self.fields[node.name] = [Fields(told, one) for one in methods]
        self.by_name = defaultdict(list)
        for one in self.functions:
            self.by_name[one.node.name].append(one)
        self.imported = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = (node.module, alias.name)

    def called(self, func, rooms):
        """The functions that this call may mean."""
        if isinstance(func, ast.Name):
            for names in (self.by_name, self.fields):
                if func.id in names:
                    return names[func.id]
            module, name = self.imported.get(func.id, ("", ""))
            if module in rooms:
                return rooms[module].by_name[name] or rooms[module].fields.get(name, [])
            return []
        if isinstance(func, ast.Attribute):
            if isinstance(func.value, ast.Name) and func.value.id in self.imported:
                module = ".".join(self.imported[func.value.id])
                return rooms[module].by_name[func.attr] if module in rooms else []
            if isinstance(func.value, ast.Name) and func.value.id in ("self", "cls"):
                return self.by_name[func.attr]
        return []


def _followed(one, room, rooms):
    """Return (where this function opens a live store, to whom it hands the path of one)."""
    live, before = set(one.live), None
    while live != before:
        before = set(live)
        for node in ast.walk(one.node):
            for target, value in _bindings(node):
                if _is_live(value, live) and isinstance(target, ast.Name):
                    live.add(target.id)
    opened, handed = set(), []
    for node in ast.walk(one.node):
        if isinstance(node, ast.Call):
            func, args, words = _call(node)
            hot = [n for n, arg in enumerate(args) if _is_live(arg, live)]
            named = [word.arg for word in words if _is_live(word.value, live)]
            if _opens(func, hot or named, live):
                opened.add(f"{one.name}: {ast.unparse(func)}")
            for other in room.called(func, rooms) if hot or named else ():
                own = other.names[1:] if other.names[:1] in (["self"], ["cls"]) else other.names
                handed += [(other, own[n]) for n in hot if n < len(own)]
                handed += [(other, name) for name in named if name in other.names]
                handed += [(other, f"self.{n}") for n in named if f"self.{n}" in other.names]
    return opened, handed


def _call(node):
    """The call itself; ``partial(f, …)`` is one of ``f``."""
    if isinstance(node.func, ast.Name) and node.func.id == "partial" and node.args:
        return node.args[0], node.args[1:], node.keywords
    return node.func, node.args, node.keywords


def _opens(func, hot, live):
    if ast.unparse(func) in OPENS:
        return bool(hot)
    return (
        isinstance(func, ast.Attribute) and func.attr in OPENS_ITSELF and _is_live(func.value, live)
    )


def _bindings(node):
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield target, node.value
    elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Tuple):
        for element in node.iter.elts:
            yield node.target, element


def _is_live(node, live):
    """Whether an expression is the path of a store that may be in use."""
    if isinstance(node, ast.Name):
        return node.id in live
    if isinstance(node, ast.IfExp):
        return _is_live(node.body, live) or _is_live(node.orelse, live)
    if isinstance(node, ast.BoolOp):
        return any(_is_live(one, live) for one in node.values)
    if isinstance(node, ast.Call):  # str(path), Path(path), path.absolute(), path.resolve()
        inner = node.func.value if isinstance(node.func, ast.Attribute) else None
        same = ast.unparse(node.func) in ("str", "Path", "os.fspath")
        return (same and any(_is_live(a, live) for a in node.args)) or (
            inner is not None
            and node.func.attr in ("absolute", "resolve", "as_posix")
            and _is_live(inner, live)
        )
    if isinstance(node, ast.BinOp):
        return isinstance(node.right, ast.Constant) and node.right.value == "store.db"
    if isinstance(node, ast.Attribute):
        owner = ast.unparse(node.value).rpartition(".")[2].lstrip("_")
        return (
            ast.unparse(node) in live
            or node.attr == "store"
            or (node.attr == "path" and owner in ("db", "database", "store", "source"))
        )
    return False
