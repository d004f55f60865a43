import json
import subprocess
from dataclasses import replace

import pytest

from kashiwa_desktop.bundle import reader
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.bundle.reasons import KIND_NAMES, REASONS
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.errors import FileRefusedError

OTHER = "ff" * 32


def refused(world, kind, data, expect=None, keys=None):
    """Return (reason, code) of the refusal."""
    with pytest.raises(FileRefusedError) as raised:
        reader.read(data, keys or world.keys(kind), expect or world.expect(kind))
    return raised.value.values["reason"], raised.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_read(world, kind):
    built = world.built(kind)
    found = world.read(kind, world.file(kind))
    assert found.header == built.header
    assert found.bundle_id == built.bundle_id
    assert [revision.line for revision in found.revisions] == world.lines(kind)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"setup"}))
def test_the_recovery_key_opens_every_file(world, kind):
    expect = world.expect(kind)
    assert reader.read(world.file(kind), [world.recovery.receiving], expect).header.kind == kind


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"setup"}))
@pytest.mark.posix("needs the age command")
def test_15_the_age_command_line_shows_the_same_lines(world, tmp_path, kind):
    """With the recovery key alone, for every kind of file."""
    identity = tmp_path / "recovery-key.txt"
    identity.write_text(world.recovery.secret + "\n", encoding="utf-8")
    built = world.built(kind)
    file = tmp_path / f"x{KINDS[kind]}"
    file.write_bytes(world.file(kind))
    opened = subprocess.run(
        ["age", "-d", "-i", str(identity), str(file)], capture_output=True, check=True
    )
    shown = subprocess.run(["gunzip"], input=opened.stdout, capture_output=True, check=True)
    assert shown.stdout == built.plain


def test_an_empty_submission_of_a_new_pc_is_read(world):
    assert world.read("submission", world.file("submission", [])).revisions == []


def test_unknown_types_and_fields_are_carried(world):
    lines = [
        world.line(type="weather", body={"sky": "青い"}, role="promoter"),
        world.line(body=world.activity(invented=1)),
    ]
    found = world.read("submission", world.file("submission", lines))
    assert sorted(r.line for r in found.revisions) == sorted(lines)
    crafted = world.craft(header={"invented": {"a": [1]}, "from": {"seq": 7}})
    assert world.read("submission", crafted).header.sender.seq == 7


# from whom, to whom


def test_another_office_is_named_only_after_decryption(world):
    readdressed = world.craft(header={"to": {"office": OTHER}})
    assert refused(world, "submission", readdressed) == ("other_office", "other_office")
    assert refused(world, "submission", readdressed, keys=[world.other]) == ("sealed", "unreadable")
    assert "別の事務局あてか、こわれています" in REASONS["sealed"][1]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"setup"}))
def test_only_a_setup_is_for_every_office(world, kind):
    crafted = world.craft(kind, header={"to": {"office": "*"}})
    assert refused(world, kind, crafted)[0] == "other_office"


def test_sealed_again_to_another_office_it_is_refused_there(world):
    """Test 14: the other office can open it, and sees that it is not for it."""
    expect = reader.Expect(office=OTHER)
    assert refused(world, "submission", world.file("submission"), expect) == (
        "other_office",
        "other_office",
    )


def test_a_file_of_another_promoter_is_refused(world):
    expect = replace(world.at_pc, promoter="P002")
    for kind in ("return", "transfer", "handover"):
        assert refused(world, kind, world.file(kind), expect) == (
            "other_promoter",
            "wrong_promoter",
        )


def test_records_of_another_promoter_are_refused(world):
    for kind in ("submission", "transfer", "return"):
        crafted = world.craft(kind, world.line("P002") + b"\n")
        assert refused(world, kind, crafted) == ("foreign_record", "wrong_promoter")


def test_a_successor_gets_the_records_of_another(world):
    line = world.line("P002")
    assert world.read("handover", world.file("handover", [line])).revisions[0].line == line


@pytest.mark.parametrize("kind", ["return", "handover", "journal"])
def test_only_a_listed_key_speaks_for_the_office(world, kind):
    crafted = world.craft(kind, signer=SigningKey.generate())
    assert refused(world, kind, crafted) == ("not_listed", "unknown_device")
    nobody = replace(world.at_pc, signers=None)
    assert refused(world, kind, world.file(kind), nobody) == ("not_listed", "unknown_device")


def test_the_first_setup_comes_from_anybody_and_later_ones_from_listed_keys(world):
    strange = world.craft("setup", signer=SigningKey.generate())
    first = reader.Expect(kind="setup")
    assert reader.read(strange, [], first).revisions
    assert refused(world, "setup", strange) == ("setup_of_other", "other_office")
    recovery = world.craft("setup", signer=world.recovery.signing)
    assert world.read("setup", recovery).revisions


def test_a_lost_pc_is_said(world):
    expect = replace(world.at_office, revoked=frozenset({world.pc_signing.public}))
    assert refused(world, "submission", world.file("submission"), expect) == ("revoked", "revoked")


@pytest.mark.parametrize("kind", KINDS)
def test_another_kind_than_asked_for_is_named(world, kind):
    asked = "return" if kind != "return" else "setup"
    expect = replace(world.expect(kind), kind=asked)
    with pytest.raises(FileRefusedError, match=KIND_NAMES[kind]):
        reader.read(world.file(kind), world.keys(kind), expect)


# who may bring what


@pytest.mark.parametrize("kind", ["submission", "transfer"])
@pytest.mark.parametrize("type_", ["question", "decision", "approval", "erase", "settings", "keys"])
def test_a_promoter_brings_nothing_of_the_office(world, kind, type_):
    body = {"kind": "payment", "state": "approved", "report": None, "heads": []}
    said = {} if type_ == "keys" else {"body": body}
    for role in ("promoter", "office"):
        line = world.line(type=type_, role=role, **said)
        crafted = world.craft(kind, line + b"\n")
        assert refused(world, kind, crafted) == ("office_record", "schema")


def test_a_promoter_does_not_write_in_the_offices_name(world):
    crafted = world.craft(body=world.line(role="office") + b"\n")
    assert refused(world, "submission", crafted) == ("office_record", "schema")


def test_no_file_makes_a_promoter_the_author_of_an_approval(world):
    body = {"state": "approved", "report": None, "heads": []}
    crafted = world.craft("return", world.line(type="approval", role="promoter", body=body) + b"\n")
    assert refused(world, "return", crafted) == ("office_record", "schema")


def test_a_return_brings_the_promoters_records_and_the_settings(world):
    lines = [world.line(), world.line(role="office"), world.settings_line()]
    lines.append(world.line(type="settings", body={"kind": "contact", "promoter": "P001"}))
    assert len(world.read("return", world.file("return", lines)).revisions) == 4
    for line in (world.line("P002", type="settings"), world.line(None)):
        crafted = world.craft("return", line + b"\n")
        assert refused(world, "return", crafted) == ("foreign_record", "wrong_promoter")


def test_a_setup_brings_settings_only(world):
    wrong = [world.line(), world.line(None), world.settings_line(type="question")]
    for line in wrong:
        crafted = world.craft("setup", line + b"\n")
        assert refused(world, "setup", crafted) == ("not_settings", "schema")
    later = world.settings_line(type="calendar", role="office", body={})
    assert world.read("setup", world.file("setup", [later])).revisions


def test_a_promoters_file_names_its_promoter(world):
    crafted = world.craft(header={"from": {"promoter": None}})
    assert refused(world, "submission", crafted) == ("no_promoter", "schema")


def test_parents_of_another_record_are_refused(world):
    first = world.line()
    parent = reader.read(
        world.file("submission", [first]), world.keys("submission"), world.at_office
    ).revisions[0]
    same = world.line(parents=[parent.id], body=world.activity(title="直した"))
    other = world.line(parents=[parent.id], id="0195c0de-0000-7000-8000-000000000002")
    assert len(world.read("submission", world.file("submission", [first, same])).revisions) == 2
    body = b"".join(line + b"\n" for line in sorted([first, other]))
    assert refused(world, "submission", world.craft(body=body)) == ("foreign_parents", "schema")

    found = world.read("submission", world.file("submission", [same, other])).revisions
    asked = []

    def lookup(ids):
        asked.append(set(ids))
        return {parent.id: parent.key}

    wrong = [r.id for r in found if r.line == other]
    assert reader.foreign_parents(found, lookup) == wrong
    assert asked == [{parent.id}]
    of_another = parent.key._replace(promoter="P002")
    assert len(reader.foreign_parents(found, lambda _: {parent.id: of_another})) == 2
    assert reader.foreign_parents(found) == []


def test_lines_out_of_order_or_twice_are_refused(world):
    one, two = sorted([world.line(), world.line(body=world.activity(title="直した"))])
    for lines in ((two, one), (one, one), (one, two, two)):
        body = b"".join(line + b"\n" for line in lines)
        assert refused(world, "submission", world.craft(body=body))[0] == "order"


# versions


@pytest.mark.parametrize("change", [{"format": 2}, {"requires": ["core1", "core2"]}])
@pytest.mark.parametrize("kind", ["submission", "setup"])
def test_a_newer_file_is_said_to_be_good(world, kind, change):
    crafted = world.craft(kind, header={**change, "kind": "letter", "from": {"seq": "newer"}})
    assert refused(world, kind, crafted) == ("newer", "newer_format")
    assert REASONS["newer"][1].startswith(
        "新しい版で作られたファイルです。ファイルは正常です。このソフトを更新してください"
    )


def test_a_setup_that_only_looks_newer_is_not_said_to_be_good(world):
    data = world.file("setup").replace(b'"format":1', b'"format":3')
    assert refused(world, "setup", data) == ("newer_or_damaged", "damaged")


# the header


@pytest.mark.parametrize(
    "change",
    [
        {"format": 0}, {"format": "1"}, {"format": None}, {"requires": "core1"}, {"kind": 1},
        {"from": {"seq": 0}}, {"from": {"seq": True}}, {"from": {"device": "x"}},
        {"from": {"recipient": "age1"}}, {"from": {"restored": 1}}, {"from": None},
        {"to": {"office": "tokyo"}}, {"to": []}, {"settings": "yesterday"}, {"count": -1},
        {"bytes": "1"}, {"body_sha256": "A" * 64}, {"made_at": ""}, {"app": 1.5},
        {"x": {"a": {"a": {"a": {"a": {"a": {}}}}}}}, {"x": 2**53}, {"x": "\0"}, {"x": "\ud800"},
    ],
)  # fmt: skip
def test_a_header_of_another_shape_is_refused(world, change):
    assert refused(world, "submission", world.craft(header=change)) == ("header", "damaged")


@pytest.mark.parametrize("missing", ["format", "requires", "kind", "from", "to", "count", "bytes"])
def test_a_header_with_a_gap_is_refused(world, missing):
    built = world.built("submission")
    first, _, body = built.plain.split(b"\n", 2)
    fields = json.loads(first)
    del fields[missing]
    line = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    data = world.close(line, body, world.pc_signing, None, "submission")
    assert refused(world, "submission", data) == ("header", "damaged")


def test_an_unknown_kind_is_refused(world):
    crafted = world.craft(header={"kind": "letter"}, signer=world.office_signing)
    expect = replace(world.at_office, signers=world.listed)
    assert refused(world, "submission", crafted, expect) == ("unknown_kind", "schema")


def test_only_a_setup_is_plain_and_a_setup_is_plain(world):
    plain = world.built("submission").plain
    assert refused(world, "submission", plain) == ("unsealed", "schema")
    office = {"office": "*"}
    sealed = world.craft("return", header={"kind": "setup", "to": office})
    assert refused(world, "return", sealed) == ("sealed_setup", "schema")


def test_a_device_that_is_not_its_key_is_refused(world):
    crafted = world.craft(header={"from": {"device": OTHER}})
    assert refused(world, "submission", crafted) == ("device", "damaged")


def test_an_edited_header_is_refused(world):
    built = world.built("submission")
    first, signature, body = built.plain.split(b"\n", 2)
    edited = first.replace(b'"seq":1', b'"seq":9')
    data = world.seal_plain(b"\n".join([edited, signature, body]), "submission")
    assert refused(world, "submission", data) == ("signature", "damaged")


@pytest.mark.parametrize(
    "change", [{"count": 2}, {"bytes": 1}, {"body_sha256": "00" * 32}], ids=str
)
def test_lines_other_than_those_signed_for_are_refused(world, change):
    assert refused(world, "submission", world.craft(header=change)) == ("body", "damaged")


def test_every_refusal_has_its_own_sentence_and_a_public_code():
    sentences = [text for _, text in REASONS.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(text.endswith("。") for text in sentences)
    assert {code for code, _ in REASONS.values()} == {
        "unreadable", "damaged", "other_office", "wrong_promoter", "unknown_device", "revoked",
        "newer_format", "too_large", "schema",
    }  # fmt: skip
    assert set(KIND_NAMES) == set(KINDS)


# looking into a file


def test_a_file_says_what_it_is(world):
    lines = [world.line(), world.line(month="2026-09", type="answer"), world.line(month=None)]
    told = reader.inspect(world.file("submission", lines), world.keys("submission"))
    built = world.built("submission", lines)
    header = json.loads(built.plain.split(b"\n")[0])
    assert told == {
        "format": 1,
        "kind": "submission",
        "from": header["from"],
        "to": {"office": world.office, "promoter": None},
        "months": ["2026-09", "2026-10"],
        "count": 3,
        "bytes": header["bytes"],
        "signature": "good",
    }


def test_the_signature_is_good_bad_or_unknown(world):
    keys = world.keys("submission")

    def judge(data, known=None):
        return reader.inspect(data, keys, known)["signature"]

    data = world.file("submission")
    plain = world.built("submission").plain
    assert judge(data, frozenset({world.pc_signing.public})) == "good"
    assert judge(data, frozenset()) == "unknown"
    assert judge(world.craft(header={"format": 2})) == "unknown"
    assert judge(world.seal_plain(plain.replace(b'"seq":1', b'"seq":2'), "submission")) == "bad"
    assert judge(world.seal_plain(plain.replace(b"A01", b"A02"), "submission")) == "bad"
    assert judge(world.craft(header={"from": {"device": OTHER}})) == "bad"


def test_a_file_that_cannot_be_opened_cannot_be_looked_into(world):
    for data in (b"", b"nonsense", world.file("submission")[:-1]):
        with pytest.raises(FileRefusedError):
            reader.inspect(data, [ReceivingKey.generate()])
    with pytest.raises(FileRefusedError, match="見出し"):
        reader.inspect(world.seal_plain(b"[]\n" + b"0" * 128 + b"\n", "submission"),
                       world.keys("submission"))  # fmt: skip


def test_lines_that_cannot_be_read_name_no_month(world):
    body = b'{"month":1}\n' + b"[" * 5000 + b"\n\xff\n" + world.line() + b"\n"
    told = reader.inspect(world.craft(body=body), world.keys("submission"))
    assert told["months"] == ["2026-10"]
