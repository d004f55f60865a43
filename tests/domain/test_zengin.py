"""The transfer file: every byte where it must be, read again by an independent reader."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import zengin_reader
from kashiwa_desktop.domain import zengin
from kashiwa_desktop.domain.zengin import (
    Account,
    Consignor,
    NoFormError,
    Profile,
    Transfer,
    agrees,
    build,
    check_account,
    kana,
)

DAY = date(2026, 11, 20)
OWN = Account("9999", "001", "1", "0000001", "シャフク)ミホン", "ミホン", "ホンテン")
CONSIGNOR = Consignor("1234567890", OWN)
PAYEE = Account("9998", "012", "4", "7654321", "シケン ハナコ")
PROFILE = Profile("試験")


def a_file(*transfers, consignor=CONSIGNOR, profile=PROFILE):
    return build(consignor, DAY, transfers or (Transfer(PAYEE, 40_000),), profile)


def test_the_records_say_what_was_given():
    head, rows, trailer = zengin_reader.read(a_file(Transfer(PAYEE, 40_000), Transfer(OWN, 1)))
    assert (head[3], head[5], head[6], head[8]) == (b"1234567890", b"1120", b"9999", b"001")
    assert [zengin_reader.name(head[at]) for at in (4, 7, 9)] == ["ｼﾔﾌｸ)ﾐﾎﾝ", "ﾐﾎﾝ", "ﾎﾝﾃﾝ"]
    assert (head[10], head[11]) == (b"1", b"0000001")
    one = rows[0]
    assert (one[1], one[3], one[5], one[6], one[7]) == (b"9998", b"012", b"0000", b"4", b"7654321")
    assert (zengin_reader.name(one[8]), one[9], one[10]) == ("ｼｹﾝ ﾊﾅｺ", b"0000040000", b"0")
    assert (one[11], one[12], one[13], one[14], one[15]) == (
        b"0" * 10, b"0" * 10, b"7", b" ", b" " * 7,
    )  # fmt: skip
    assert (trailer[1], trailer[2]) == (b"000002", b"000000040001")


def test_a_bank_may_want_it_otherwise():
    other = Profile("他", newline=False, end_mark=True, clearing_house="    ", new_code="1",
                    customer_numeric=False, transfer_kind="8")  # fmt: skip
    data = a_file(profile=other)
    assert data.endswith(b"\x1a")
    _, rows, _ = zengin_reader.read(data[:-1], newline=False)
    assert (rows[0][5], rows[0][10], rows[0][11], rows[0][13]) == (b"    ", b"1", b" " * 10, b"8")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("キャノン", "ｷﾔﾉﾝ"),
        ("ビューティー", "ﾋﾞﾕ-ﾃｲ-"),
        ("がぎ ぱぴ", "ｶﾞｷﾞ ﾊﾟﾋﾟ"),
        ("ｶﾞｯｺｳ", "ｶﾞﾂｺｳ"),
        ("abc１２３", "ABC123"),
        ("シャ)ミホン", "ｼﾔ)ﾐﾎﾝ"),
        ("ヴィ", "ｳﾞｲ"),
        ("ケヶ", "ｹｹ"),
        ("カ゛キ゜", "ｶﾞｷﾟ"),
        ("が", "ｶﾞ"),
        ("ガ", "ｶﾞ"),
        ("ｶﾞｶﾞ", "ｶﾞｶﾞ"),
        ("カ）ミホン", "ｶ)ﾐﾎﾝ"),
        ("ﾐﾎﾝ－ｲﾁﾛｰ", "ﾐﾎﾝ-ｲﾁﾛ-"),
        ("ァィゥェォッャュョヮヵヶ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ"),
        ("", ""),
    ],
)
def test_names_have_one_legal_form(typed, written):
    assert kana(typed) == written


@pytest.mark.parametrize(
    "typed",
    ["髙橋", "ア、イ", "ヲ", "A&B", "「ア」", "ア\n", "ア・イ", "ア‐イ", "㈱ア", "ヰ", "ㇰ", "é"],
)
def test_what_has_no_form_is_refused_and_named(typed):
    with pytest.raises(NoFormError, match="振込の文字にありません"):
        kana(typed)


def test_a_profile_may_allow_more():
    assert kana("ヲ", "ｦ") == "ｦ"
    assert kana("「ア」，イ", "ｦ,｢｣") == "｢ｱ｣,ｲ"
    with pytest.raises(NoFormError):
        a_file(Transfer(replace(PAYEE, holder_kana="アヲイ"), 1))
    data = a_file(
        Transfer(replace(PAYEE, holder_kana="アヲイ"), 1),
        profile=Profile("他", extra_characters="ｦ"),
    )
    assert b"\xb1\xa6\xb2" in data


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("bank_code", "123", "銀行番号"),
        ("branch_code", "12", "支店番号"),
        ("account", "1234567８", "口座番号"),
        ("account", "", "空"),
        ("kind", "3", "預金種目"),
        ("holder_kana", "", "受取人名がありません"),
        ("holder_kana", "ア" * 31, "30文字をこえます"),
        ("bank_kana", "ア" * 16, "15文字をこえます"),
    ],
)
def test_an_account_that_does_not_fit_is_refused(field, value, said):
    wrong = replace(PAYEE, **{field: value})
    with pytest.raises(NoFormError, match=said):
        check_account(wrong)
    with pytest.raises(NoFormError, match=said):
        a_file(Transfer(wrong, 1))
    check_account(PAYEE)


@pytest.mark.parametrize(
    ("consignor", "said"),
    [
        (replace(CONSIGNOR, client_code="12"), "委託者コード"),
        (replace(CONSIGNOR, account=replace(OWN, kind="4")), "預金種目"),
        (replace(CONSIGNOR, account=replace(OWN, holder_kana="")), "委託者名"),
    ],
)
def test_a_consignor_that_does_not_fit_is_refused(consignor, said):
    with pytest.raises(NoFormError, match=said):
        a_file(consignor=consignor)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"clearing_house": "1"}, "手形交換所番号"),
        ({"new_code": "9"}, "新規コード"),
        ({"transfer_kind": "1"}, "振込指定区分"),
        ({"kind": "1"}, "種別コード"),
        ({"kind": "11"}, "種別コード"),
        ({"extra_characters": "・"}, "半角だけ"),
    ],
)
def test_a_profile_that_is_not_one_is_refused(change, said):
    with pytest.raises(NoFormError, match=said):
        a_file(profile=replace(PROFILE, **change))


@pytest.mark.parametrize("yen", [0, -1])
def test_nothing_and_less_is_not_transferred(yen):
    with pytest.raises(NoFormError, match="振込額"):
        a_file(Transfer(PAYEE, yen))


def test_too_much_and_no_one_are_refused():
    with pytest.raises(NoFormError, match="金額が10桁"):
        a_file(Transfer(PAYEE, 10**10))
    with pytest.raises(NoFormError, match="振り込むものが"):
        build(CONSIGNOR, DAY, [], PROFILE)


@given(
    st.lists(
        st.tuples(
            st.text("アガパッャーン ABC()-./", min_size=1, max_size=15).filter(str.strip),
            st.integers(1, 10**10 - 1),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_file_reads_back(rows):
    transfers = [Transfer(replace(PAYEE, holder_kana=n), yen) for n, yen in rows]
    _, read, _ = zengin_reader.read(a_file(*transfers))
    assert [int(row[9]) for row in read] == [yen for _, yen in rows]
    assert [zengin_reader.name(row[8]) for row in read] == [kana(n).rstrip() for n, _ in rows]


def test_a_wrong_length_is_a_bug_and_the_reader_sees_a_wrong_total(monkeypatch):
    good = a_file()
    with pytest.raises(AssertionError):
        zengin_reader.read(good.replace(b"000000040000", b"000000040004"))
    monkeypatch.setattr(zengin, "RECORD", 121)
    with pytest.raises(RuntimeError):
        a_file()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"0000040000", b"0000040004"),
        lambda data: data.replace(b"000000080000", b"000000080004"),
        lambda data: data.replace(b"8000002", b"8000003"),
        lambda data: data[:122] + data[244:],
        lambda data: data[:-122],
        lambda data: data[:-3],
    ],
)
def test_a_file_is_read_again_before_it_is_offered(spoil):
    transfers = [Transfer(PAYEE, 40_000), Transfer(PAYEE, 40_000)]
    data = a_file(*transfers)
    assert agrees(data, transfers)
    assert not agrees(spoil(data), transfers)
    other = Profile("他", newline=False, end_mark=True)
    assert agrees(a_file(*transfers, profile=other), transfers)
    assert not agrees(data, transfers[:1])
