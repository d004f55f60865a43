import importlib, inspect
import pytest
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.migrating import Home, home, move
from office_world import moment

@pytest.fixture
def town(towns, postgres):
    found = towns()
    address = postgres.fresh()
    move(home(found.folder()), Home(found.folder(), address), Clock(moment("2026-04-01T12:00")), Chance("tests"))
    yield found
    found.close()
    postgres.drop(address)

import os
for name in os.environ["MODS"].split():
    module = importlib.import_module("services." + name)
    for n, f in vars(module).items():
        if n.startswith("test_"): globals()[n + "__" + name] = f
        elif hasattr(f, "_fixture_function") or type(f).__name__ == "FixtureFunctionDefinition":
            if n != "town": globals()[n] = f
