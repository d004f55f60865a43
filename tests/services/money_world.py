"""An office with money in it: months delivered by promoters' PCs straight into its store."""

import json
from contextlib import contextmanager
from datetime import date
from itertools import count

from kashiwa_desktop.domain import honorarium
from kashiwa_desktop.domain.closing import digest, report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, derived_id, make
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.store import office_settings, roster
from kashiwa_desktop.storage import bundles, projections, revisions
from kashiwa_desktop.storage.bundles import Bundle

DEVICE = "ab" * 32
OCTOBER = Month(2026, 10)
_numbers = count(1)


def promoter(name):
    return Author(DEVICE, "promoter", name)


def record_of(name, month, day, area, **changes):
    """One activity revision of a promoter."""
    body = {
        "date": f"{month}-{day:02d}", "area": area, "category": "network", "type": "professional",
        "title": f"{day}日の打合せ", **changes,
    }  # fmt: skip
    key = RecordKey(name, "activity", derived_id(name, str(month), str(day)))
    return body, key


def deliver(store, name, month, days=(3, 12), at="2026-11-02T10:00:00+09:00", **changes):
    """Put a closed month of a promoter into an office store, as an intake would.

    Delivering again makes the next version of what changed.
    """
    with store.db.write() as tx:
        people, office = roster(tx), office_settings(tx)
        area = people.active(month, name)[0].area
        made = []
        for day in days:
            body, key = record_of(name, month, day, area, **changes)
            made.append(_on_top(tx, Content(key, str(month), body), name, at))
        fresh = [r for r in made if not revisions.held(tx, [r.id])]
        revisions.add(tx, fresh, made_here=False)
        projections.refresh(tx, [r.key for r in fresh])
        heads = sorted(h.id for h in revisions.heads_of_month(tx, "activity", str(month), name))
        lines = honorarium.lines(people.active(month, name), office, month)
        version = len(revisions.of_record(tx, report_key(name, month))) + 1
        body = {
            "state": "closed" if heads else "closed-empty", "version": version, "heads": heads,
            "digest": digest(heads), "n": len(heads), "remark": "", "reason": "行事なし",
            "honorarium": [line.body() for line in lines],
        }  # fmt: skip
        report = _on_top(tx, Content(report_key(name, month), str(month), body), name, at)
        revisions.add(tx, [report], made_here=False)
        projections.refresh(tx, [report.key])
        number = next(_numbers)
        file = Bundle(
            f"{number:064x}", "in", "submission", name, DEVICE, number, at, "i", "f", "{}"
        )
        bundles.add(tx, file, [*(r.id for r in fresh), report.id])
    return report


def _on_top(tx, content, name, at):
    heads = revisions.heads_of_record(tx, content.key)
    parents = [h.id for h in heads]
    same = [h for h in heads if h.body == content.body]
    if same and content.key.type == "activity":
        return same[0]
    return make(content, parents, promoter(name), at=at, salt="0" * 16)


def approve(store, month, names):
    """Approve these months, with a 支払判断 for each that had no activity and is paid."""
    for name in names:
        if Reviewing(store).review(name, month).wants_ruling:
            Reviewing(store).rule_payment(month, name, "療養中も委嘱を続けるため")
    done = Reviewing(store).approve(month, names)
    assert done.left == ()
    return done


def approve_again(store, month, name, reason="訂正"):
    Reviewing(store).unapprove(month, name, reason)
    return approve(store, month, [name])


def appoint(store, name, area, first, yen=None):
    new = NewPromoter(name, f"見本 {name}", "ミホン", area, date.fromisoformat(first), yen)
    return RosterService(store).add_promoter(new)


@contextmanager
def tampered(store, statement, *values):
    """Change the file behind the program's back."""
    with store.db.write() as tx:
        tx.exec_driver_sql(statement, values)
    yield


def sources_of(sheet):
    return json.loads(sheet.sources)
