"""Parts of Python that only POSIX systems have: None, or 0 for a signal, on Windows.

What needs them carries the marker ``posix`` with its reason and is left out there; so that every
module can be read on Windows, they are imported from here.
"""

import importlib
import signal


def _part(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


pwd, resource = _part("pwd"), _part("resource")
SIGKILL = getattr(signal, "SIGKILL", 0)
SIGALRM = getattr(signal, "SIGALRM", 0)
