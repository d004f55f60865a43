"""Starts the program from the folder that this file lies in; `launcher.sh` calls it."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "lib"))
sys.frozen = True  # type: ignore[attr-defined]  # its helpers are started by the launcher too
sys.executable = str(HERE / "kashiwa-desktop")

from kashiwa_desktop.app.front_door import main  # noqa: E402

sys.exit(main())
