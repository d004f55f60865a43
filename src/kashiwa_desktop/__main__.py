"""``python -m kashiwa_desktop``: the same front door as the installed command."""

import sys

from kashiwa_desktop.app.front_door import main

if __name__ == "__main__":
    sys.exit(main())
