"""The work of screen 26 off the UI thread: looking a sheet up, writing into it, closing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.entering import CITY, Entering, PaperForm, SheetOf
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.months.closing import OnPaper
from kashiwa_desktop.services.records.recording import Source
from kashiwa_desktop.services.records.suggesting import Offers


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet with all that is needed to type it in."""

    promoter: str
    month: Month
    choices: tuple[SheetOf, ...]
    sheet: PaperForm
    offers: Offers


@dataclass(frozen=True, slots=True)
class Footed:
    """How a month is to be closed: ``empty_for`` says why where nothing was recorded."""

    remark: str
    paper: OnPaper
    empty_for: str = ""


def look(entering: Entering, promoter: str | None, month: Month, progress: Progress) -> Seen:
    """Look a sheet up; the first that is not closed where nobody was named, or who has none."""
    progress.step("", 0, 0)
    choices = entering.sheets(month)
    known = [one.promoter for one in choices]
    open_ = [one.promoter for one in choices if not one.closed]
    who = promoter if promoter is not None and promoter in known else open_[0]
    sheet, offers = entering.sheet(who, month), entering.offers(who)
    return Seen(who, month, tuple(choices), sheet, offers)


def after(promoter: str, choices: Sequence[SheetOf]) -> str:
    """Return whose sheet comes next: one that is not closed, or else simply the next one."""
    order = [one.promoter for one in choices]
    place = order.index(promoter) + 1
    turned = [*choices[place:], *choices[:place]]
    waiting = [one.promoter for one in turned if not one.closed and one.promoter != CITY]
    return next((one for one in waiting if one != promoter), turned[0].promoter)


def record(
    entering: Entering,
    promoter: str,
    given: Mapping[str, Any],
    source: Source,
    _progress: Progress,
) -> str:
    """Write one line; returns the sentence for the undo strip."""
    return entering.recording(promoter).put(given, source).text


def delete(entering: Entering, promoter: str, name: str, _progress: Progress) -> str:
    """Take one line away; returns the sentence for the undo strip."""
    return entering.recording(promoter).delete(name).text


def close(
    entering: Entering, promoter: str, month: Month, foot: Footed, _progress: Progress
) -> str:
    """Close the month for its promoter; returns what to say."""
    empty = bool(foot.empty_for)
    view = entering.closing(promoter).close(
        month, empty=empty, reason=foot.empty_for, remark=foot.remark, paper=foot.paper
    )
    return f"{month.short()}を締めました(照合番号 {view.code})。"


def then_drop(
    work: Callable[[Progress], str], kept: KeptForms, draft: str | None, progress: Progress
) -> str:
    """Do the work; what had been typed for it is no draft any more."""
    text = work(progress)
    if draft is not None:
        kept.drop_draft(draft)
    return text


def reopen(entering: Entering, promoter: str, month: Month, _progress: Progress) -> str:
    """Open the month again; returns what to say."""
    entering.closing(promoter).reopen(month)
    return f"{month.short()}を締める前に戻しました。"
