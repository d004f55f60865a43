"""The ceiling of a subsidy (補助の上限) for a 通いの場: an estimate, never a promise.

DOMAIN.md §9 reads the ceilings from the council's slides (居場所の補助基準) and marks how they are
ordered by form as interpreted: so they stand in a dated table (``resources/subsidy_ceilings.csv``,
or the office's own) and every screen calls the sum 「めやす」.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kashiwa_desktop.domain.resource import GATHERING, OPENING, Resource

KIND = "ceilings"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One row of the table: so many yen a year for one form, by one subsidy, for one purpose.

    ``percent`` is the share of the costs that is paid at most, None where nothing is said.
    """

    form: str
    subsidy: str
    purpose: str
    first: date | None
    last: date | None
    yen: int
    percent: int | None

    def row(self) -> dict[str, Any]:
        """Return it as one row of the office's own table in the settings."""
        return {
            "form": self.form,
            "subsidy": self.subsidy,
            "purpose": self.purpose,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "yen": self.yen,
            "percent": self.percent,
        }

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def read_table(text: str) -> tuple[Ceiling, ...]:
    """Read ``form,subsidy,purpose,from,to,yen,percent``; lines that begin with # are remarks."""
    plain = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(map(read_row, csv.DictReader(plain)))


def read_settings(bodies: Iterable[Mapping[str, Any]]) -> tuple[Ceiling, ...]:
    """Read the office's own table from its settings; () where it keeps to the one that ships."""
    return tuple(read_row(row) for b in bodies if b.get("kind") == KIND for row in b["rows"])


def read_row(row: Mapping[str, Any]) -> Ceiling:
    """Read one row, of a table or of the settings; ValueError where it is none."""
    return Ceiling(
        form=row["form"],
        subsidy=row["subsidy"],
        purpose=row.get("purpose") or "",
        first=date.fromisoformat(row["from"]) if row.get("from") else None,
        last=date.fromisoformat(row["to"]) if row.get("to") else None,
        yen=int(str(row["yen"]).replace(",", "")),
        percent=int(row["percent"]) if row.get("percent") not in ("", None) else None,
    )


def parts(resource: Resource, day: date, table: Iterable[Ceiling]) -> tuple[Ceiling, ...]:
    """Return the rows that hold for a 通いの場 on ``day``, none for anything else.

    Where nobody said which subsidy, the ordinary one of its form is looked up, never that for
    opening; where the one that was said is not for its form, there is none.
    """
    if resource.kind != GATHERING:
        return ()
    of_form = [row for row in table if row.form == resource.form and row.holds(day)]
    if resource.subsidy:
        return tuple(row for row in of_form if row.subsidy == resource.subsidy)
    return tuple(row for row in of_form if row.subsidy != OPENING)


def ceiling(resource: Resource, day: date, table: Iterable[Ceiling]) -> int | None:
    """Return the estimate of the ceiling in yen a year, None where the table says nothing.

    DOMAIN.md §9 [I]: 月1型 地区社協助成 3万円; 週1型 3万円 until H27, 団体補助金 10万円 from H28;
    常設型 84万円 (運営費 24万円 + 家賃 60万円, 補助率 50%); 開設準備補助 100万円.
    """
    found = parts(resource, day, table)
    return sum(row.yen for row in found) if found else None


def in_words(resource: Resource, day: date, table: Iterable[Ceiling]) -> str:
    """Return the estimate as a sentence, '' where there is none."""
    found = parts(resource, day, table)
    if not found:
        return ""
    text = f"上限のめやす {sum(row.yen for row in found):,}円"
    if len(found) == 1 and found[0].percent is None:
        return text
    return f"{text}({' + '.join(map(_purpose, found))})"


def _purpose(row: Ceiling) -> str:
    share = "" if row.percent is None else f"〔費用の{row.percent}%まで〕"
    return f"{row.purpose}{row.yen:,}円{share}"
