"""A paper that a page would like to see printed: its title, and who makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashiwa_desktop.progress import Progress

if TYPE_CHECKING:
    from kashiwa_desktop.services.papers.printing import Printed


@dataclass(frozen=True, slots=True)
class Paper:
    """``make`` writes the PDF off the UI thread; ``name`` is the file name offered for keeping."""

    title: str
    name: str
    make: "Callable[[Progress], Printed]"
