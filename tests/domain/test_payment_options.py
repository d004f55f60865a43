"""What the supervisor sets: off by default, numbers by month."""

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.payment_options import PaymentOptions, read
from kashiwa_desktop.domain.settings_schema import OFFICE_ONLY

OCTOBER = Month(2026, 10)


def test_everything_is_off_by_default():
    assert read([{"kind": "office"}]) == PaymentOptions()
    assert not PaymentOptions().noticing
    assert not PaymentOptions().transfers
    assert PaymentOptions().numbers_of(OCTOBER) == ("", "")


def test_what_is_said_is_read():
    body = {
        "kind": "payments", "noticing": True, "transfers": True, "profile": "x.toml",
        "numbers": [{"month": "2026-10", "inquiry": "伺-1", "voucher": "伝-2"},
                    {"month": "2026-11"}],
    }  # fmt: skip
    found = read([{"kind": "area"}, body])
    assert (found.noticing, found.transfers, found.profile) == (True, True, "x.toml")
    assert found.numbers_of(OCTOBER) == ("伺-1", "伝-2")
    assert found.numbers_of(OCTOBER.next()) == ("", "")


def test_it_never_leaves_the_office():
    assert "payments" in OFFICE_ONLY
