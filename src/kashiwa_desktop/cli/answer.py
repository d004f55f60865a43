"""An answer of the command line: one JSON value, or lines for a person, and the exit status."""

import sys
from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` is printed with ``--json``, ``lines`` without; ``refused`` goes to stderr."""

    value: Any
    lines: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def status(self) -> int:
        return 1 if self.refused else 0


def show(answer: Answer, *, as_json: bool) -> int:
    """Print the answer and return the exit status."""
    if as_json:
        sys.stdout.write(msgspec.json.encode(answer.value).decode() + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in answer.lines))
    sys.stdout.flush()
    if answer.refused:
        sys.stderr.write(" ".join(answer.refused.split()) + "\n")
    return answer.status
