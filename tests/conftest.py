"""What every test stands on: no screen, private files, and the same examples on every machine."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is imported
os.umask(0o077)

from hypothesis import HealthCheck, settings  # noqa: E402

FULL = os.environ.get("KASHIWA_FULL") == "1"
"""The full sweeps of the specification, by ``make full``; otherwise their short forms."""

settings.register_profile(
    "ci",
    max_examples=30,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("full" if FULL else "ci")
