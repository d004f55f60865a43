"""受付フォルダー: a file that is still being written is never offered."""

from kashiwa_desktop.services.travel.inbox import SETTLED, Inbox


class Hours:
    """A clock that goes on when told."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds

    def on(self, seconds=SETTLED):
        self.seconds += seconds


def looked(folder):
    hours = Hours()
    return Inbox(folder, hours), hours


def test_a_file_is_offered_once_it_kept_still(tmp_path):
    inbox, hours = looked(tmp_path)
    file = tmp_path / "P001.kssz"
    file.write_bytes(b"whole")
    assert inbox.look() == ()
    hours.on(SETTLED - 0.1)
    assert inbox.look() == ()
    hours.on(0.1)
    assert inbox.look() == (file,)


def test_a_file_that_grows_is_left_alone_until_it_stops(tmp_path):
    inbox, hours = looked(tmp_path)
    file = tmp_path / "P001.kssz"
    for size in range(1, 4):
        file.write_bytes(b"x" * size)
        assert inbox.look() == ()
        hours.on()
    assert inbox.look() == (file,)


def test_an_empty_file_is_not_there_yet(tmp_path):
    inbox, hours = looked(tmp_path)
    (tmp_path / "P001.kssz").touch()
    inbox.look()
    hours.on()
    assert inbox.look() == ()


def test_what_was_dealt_with_comes_back_only_when_it_changed(tmp_path):
    inbox, hours = looked(tmp_path)
    file = tmp_path / "P001.kssz"
    file.write_bytes(b"one")
    inbox.look()
    hours.on()
    inbox.deal_with(inbox.look())
    inbox.deal_with([tmp_path / "never seen.kssz"])
    hours.on()
    assert inbox.look() == ()
    file.write_bytes(b"a later one")
    inbox.look()
    hours.on()
    assert inbox.look() == (file,)


def test_a_folder_that_is_gone_offers_nothing(tmp_path):
    inbox, _ = looked(tmp_path / "none")
    assert inbox.look() == ()


def test_a_file_that_goes_between_two_looks(tmp_path, monkeypatch):
    inbox, hours = looked(tmp_path)
    file = tmp_path / "P001.kssz"
    file.write_bytes(b"one")
    monkeypatch.setattr(
        "kashiwa_desktop.services.travel.inbox.gather",
        lambda places: type("G", (), {"files": (file,)}),
    )
    inbox.look()
    file.unlink()
    hours.on()
    assert inbox.look() == ()
