"""A shared PC: everybody has a folder of his own."""

import promoter_world
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.office.people_here import PeopleHere
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.store import open_folder


def test_people_are_found_from_each_others_folders(tmp_path):
    made = promoter_world.world(tmp_path)
    first = made.pc("P001", promoter_world.NOW)
    here = PeopleHere(first.folder)
    assert [(p.name, p.areas, p.here) for p in here.everyone()] == [
        ("試験 花子", ("見本台",), True)
    ]
    folder = here.new_folder()
    assert folder.root == first.folder.root / "people" / "2"
    assert not folder.root.exists()
    second = open_folder(folder, first.clock, first.chance)
    PromoterSetup(second).read(made.settings, "P002")
    second.close()
    first.close()
    assert [p.name for p in here.everyone()] == ["試験 花子", "架空 太郎"]
    there = PeopleHere(folder).everyone()
    assert [(p.name, p.here) for p in there] == [("架空 太郎", True), ("試験 花子", False)]
    assert there[0].areas == ("例ヶ丘", "試町")
    assert PeopleHere(folder).new_folder().root.name == "3"


def test_a_folder_nobody_set_up_or_that_is_damaged_is_nobody(tmp_path):
    with promoter_world.opened(tmp_path) as store:
        root = store.folder.root / "people"
        (root / "2").mkdir(parents=True)
        DataFolder(root / "3").root.mkdir()
        DataFolder(root / "3").store.write_bytes(b"no database at all, only some text" * 40)
        open_folder(DataFolder(root / "4"), store.clock, store.chance).close()
        assert len(PeopleHere(store.folder).everyone()) == 1
