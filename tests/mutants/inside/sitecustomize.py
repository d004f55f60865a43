"""Every Python that is started with this folder on its way has one wrong line in the program.

``KASHIWA_MUTANT`` says which, as JSON: module, text, wrong, and a file to be made once it was put
in. The checkout is not touched, and nothing is kept compiled.
"""

import importlib.util
import json
import os
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path


class WrongLoader(SourceFileLoader):
    """Compiles the module with the wrong line."""

    def get_code(self, _fullname):
        source = Path(self.path).read_text(encoding="utf-8")
        if source.count(MUTANT["text"]) != 1:
            sys.exit(f"not there once: {MUTANT['text']}")
        code = compile(source.replace(MUTANT["text"], MUTANT["wrong"]), self.path, "exec")
        Path(MUTANT["seen"]).touch()
        return code


class WrongFinder:
    """Finds that one module; all others are found as ever."""

    def __init__(self):
        self._busy = False

    def find_spec(self, name, _path=None, _target=None):
        if self._busy or name != MUTANT["module"]:
            return None
        self._busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._busy = False
        spec.loader = WrongLoader(name, spec.origin)
        return spec


if "KASHIWA_MUTANT" in os.environ:
    MUTANT = json.loads(os.environ["KASHIWA_MUTANT"])
    sys.meta_path.insert(0, WrongFinder())
