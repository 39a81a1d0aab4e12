"""What the shipped templates say of each kind of work: all that is owed, within the limits, never obeying an author."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from media_service.describing.templates import TemplateDescriptions
from media_service.domain.listing import EDUCATION, Subject, chapter_times, faults, tags_length
from media_service.domain.pace import Age
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script import Borrow, Facts, Kind
from media_service.domain.timeline import SAMPLE_RATE, Mark

SHIPPED = Path(__file__).parents[2] / "templates"
LIBRARY = "Thư viện tỉnh Bình Thuận"
DISCLOSURE = "Giọng đọc trong tác phẩm này được tạo bằng máy."
RIGHTS = Rights(
    text=Right(Basis.OWN_WORK, "Thư viện tự viết.", "CC0-1.0"),
    pictures=Right(Basis.PERMISSION, holder="Họa sĩ Hòa"),
    music=Right(Basis.PUBLIC_DOMAIN),
    voice=Right(Basis.SYNTHETIC, "eSpeak NG"),
)
FACTS = Facts(
    title="Rùa con về biển",
    kind=Kind.AUDIOBOOK,
    age=Age.YOUNG,
    slug="rua-con",
    author="Nguyễn An",
    reteller="Trần Bình",
    translator="Lê Chi",
    illustrator="Phạm Dung",
    publisher="Nhà xuất bản Trẻ",
    year="2024",
    summary="Một chú rùa bé xíu tìm đường về với sóng.",
    playlist="Sách nói cho bé",
    tags=("rùa biển", "Hòn Cau"),
    rights=RIGHTS,
    borrow=Borrow("VV 1234", "https://thuvien.example/rua-con"),
    contact="gopy@thuvien.example",
    made_for_kids=True,
)
MARKS = (Mark("Mở đầu", 0), Mark("Ra khơi", 75 * SAMPLE_RATE), Mark("Về nhà", 3700 * SAMPLE_RATE))
SUBJECT = Subject(FACTS, "Chương 1. Quả trứng", 1, 3, MARKS, (DISCLOSURE,))


def subject(kind: Kind, **changed: object) -> Subject:
    facts = {name: value for name, value in changed.items() if name in Facts.__dataclass_fields__}
    rest = {name: value for name, value in changed.items() if name not in facts}
    return replace(SUBJECT, facts=replace(FACTS, kind=kind, **facts), **rest)  # type: ignore[arg-type]  # a builder


def shipped() -> TemplateDescriptions:
    return TemplateDescriptions((SHIPPED,))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_tells_all_that_is_owed_in_the_common_order(kind: Kind) -> None:
    description = shipped().describe(subject(kind, presenter="Võ Em")).description
    wanted = [
        FACTS.summary,
        "Chương 1/3: Quả trứng. Trọn bộ có trong danh sách phát “Sách nói cho bé”.",
        "Nguyễn An",
        "Kể lại: Trần Bình",
        "Dịch: Lê Chi",
        "Minh họa: Phạm Dung",
        f"Thực hiện: {LIBRARY}",
        "Bản sách: Nhà xuất bản Trẻ, năm 2024",
        "3–6 tuổi",
        "0:00 Mở đầu\n1:15 Ra khơi\n1:01:40 Về nhà",
        "VV 1234",
        "https://thuvien.example/rua-con",
        "Lời: Thư viện tự viết.",
        "Tranh: dùng với sự đồng ý của Họa sĩ Hòa.",
        "Nhạc: tác phẩm thuộc về công chúng.",
        "Lời: được dùng tự do (CC0 1.0).",
        DISCLOSURE,
        "gopy@thuvien.example",
        "#ThưviệnBìnhThuận",
    ]
    places = [description.find(fact) for fact in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)
    assert "\n\n\n" not in description
    assert description.count(DISCLOSURE) == 1


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("chapter", ["", "Chương 1. Quả trứng"])
def test_every_kind_passes_the_last_check(kind: Kind, chapter: str) -> None:
    listing = shipped().describe(subject(kind, chapter=chapter))
    assert faults(listing) == ()
    assert "Rùa con về biển" in listing.title
    assert chapter in listing.title
    assert listing.tags[:2] == ("rùa biển", "Hòn Cau")
    assert (listing.playlist, listing.language, listing.category) == ("Sách nói cho bé", "vi", EDUCATION)
    assert (listing.made_for_kids, listing.synthetic_media) == (True, True)


def test_each_kind_speaks_in_its_own_tone() -> None:
    listings = [shipped().describe(subject(kind, chapter="", count=1)) for kind in Kind]
    assert len({listing.title for listing in listings}) == len(Kind)
    assert len({listing.description for listing in listings}) == len(Kind)


def test_the_title_of_a_chapter_names_the_book_and_the_chapter() -> None:
    assert shipped().describe(SUBJECT).title == "Rùa con về biển – Chương 1. Quả trứng"


def test_episodes_without_titles_are_numbered() -> None:
    for kind in Kind:
        assert shipped().describe(subject(kind, chapter="", number=2)).title.endswith("– Phần 2")


@pytest.mark.parametrize(
    ("age", "said"), [(Age.YOUNG, "3–6 tuổi"), (Age.CHILD, "6–10 tuổi"), (Age.OLDER, "từ 10 tuổi")]
)
def test_the_age_is_said_in_words(age: Age, said: str) -> None:
    assert said in shipped().describe(subject(Kind.HERITAGE, age=age)).description


@pytest.mark.parametrize("kind", Kind)
def test_what_nobody_gave_leaves_no_trace(kind: Kind) -> None:
    bare = Subject(Facts("Truyện", kind, Age.CHILD, "truyen"), "", 1, 1, (), ())
    listing = shipped().describe(bare)
    for word in (
        "None",
        "Tác giả",
        "Minh họa",
        "Tranh",
        "Lời:",
        "Nhạc",
        "Bản sách",
        "Trọn bộ",
        "Góp ý",
        "0:00",
        "Mượn cuốn",
        "xếp giá",
        "tổng hợp",
        "máy",
        "{",
        "(",
    ):
        assert word not in listing.description, word
    assert "Truyện" in listing.description
    assert "" not in listing.tags
    assert listing.synthetic_media is False
    assert faults(listing) == ()


def test_a_book_and_its_introduction_have_makers_of_their_own() -> None:
    alone = {"reteller": "", "translator": "", "illustrator": LIBRARY}
    description = shipped().describe(subject(Kind.BOOK_INTRODUCTION, author="Tô Hoài", **alone)).description
    assert f"Tác giả cuốn sách: Tô Hoài\nLời giới thiệu, minh họa, thực hiện: {LIBRARY}\n" in description
    given = shipped().describe(subject(Kind.BOOK_INTRODUCTION, author="Tô Hoài", presenter="Lan", **alone)).description
    assert f"Tác giả cuốn sách: Tô Hoài\nLời giới thiệu: Lan\nMinh họa, thực hiện: {LIBRARY}\n" in given


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("publisher", "year"), [("Kim Đồng", ""), ("", "1941")])
def test_an_edition_is_told_only_whole(kind: Kind, publisher: str, year: str) -> None:
    assert "Bản sách" not in shipped().describe(subject(kind, publisher=publisher, year=year)).description
    assert (
        "Bản sách: NXB Kim Đồng, năm 1941\n"
        in shipped().describe(subject(kind, publisher="Kim Đồng", year="1941")).description
    )


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("basis", [Basis.PERMISSION, Basis.LICENCE])
def test_the_papers_of_a_permission_are_the_library_s_own(kind: Kind, basis: Basis) -> None:
    right = Right(basis, "Hợp đồng 12/HĐ, bà Hòa, điện thoại 0900", holder="Họa sĩ Hòa")
    description = shipped().describe(subject(kind, rights=Rights(text=right, pictures=right, music=right))).description
    assert "12/HĐ" not in description
    assert description.count("Họa sĩ Hòa") == 3


@pytest.mark.parametrize(
    ("right", "illustrator", "said"),
    [
        (Right(Basis.OWN_WORK), LIBRARY, "Tranh: Thư viện tự vẽ."),
        (Right(Basis.OWN_WORK), "Phạm Dung", f"Tranh: bản quyền của {LIBRARY}."),
        (Right(Basis.OWN_WORK, holder="Nhóm Vẽ"), LIBRARY, "Tranh: bản quyền của Nhóm Vẽ."),
        (Right(Basis.OWN_WORK, "tranh tự vẽ"), LIBRARY, "Tranh tự vẽ."),
        (Right(Basis.PUBLIC_DOMAIN, "Họa sĩ mất năm 1930"), "", "Tranh: Họa sĩ mất năm 1930."),
        (Right(Basis.LICENCE, licence="CC-BY-SA-4.0", holder="Nhóm Vẽ"), "", "Tranh: giấy phép CC BY-SA 4.0, Nhóm Vẽ."),
        (Right(Basis.LICENCE), "", "Tranh: dùng theo giấy phép của người giữ quyền."),
        (Right(Basis.PERMISSION, licence="Riêng"), "", "Tranh: dùng với sự đồng ý của người giữ quyền."),
        (Right(Basis.SYNTHETIC, "máy vẽ"), "", "Tranh: do máy tạo ra."),
    ],
)
def test_each_ground_is_told_in_a_whole_sentence(right: Right, illustrator: str, said: str) -> None:
    rights = Rights(pictures=right)
    listing = shipped().describe(subject(Kind.HERITAGE, rights=rights, illustrator=illustrator))
    assert [line for line in listing.description.split("\n") if line.startswith("Tranh")] == [said]


def test_one_licence_of_several_parts_is_told_once() -> None:
    free = Right(Basis.OWN_WORK, "Tự làm.", "CC0-1.0")
    description = shipped().describe(subject(Kind.HERITAGE, rights=Rights(free, free, free))).description
    assert "\nLời, tranh và nhạc: được dùng tự do (CC0 1.0).\n" in description


@pytest.mark.parametrize(
    ("chapter", "number", "said"),
    [
        ("Chương 2. Theo ánh trăng", 2, "Chương 2/12: Theo ánh trăng. "),
        ("Chương 12: Về đâu?", 12, "Chương 12/12: Về đâu? "),
        ("Chương 12: Về đâu?", 1, "Tập 1/12: Chương 12: Về đâu? "),
        ("Chương 2", 2, "Chương 2/12. "),
        ("lời nói đầu", 1, "Tập 1/12: Lời nói đầu. "),
        ("", 3, "Tập 3/12. "),
    ],
)
def test_an_episode_says_which_of_the_book_it_is(chapter: str, number: int, said: str) -> None:
    listing = shipped().describe(subject(Kind.AUDIOBOOK, chapter=chapter, number=number, count=12, playlist=""))
    assert f"\n\n{said}Trọn bộ có trong danh sách phát của Thư viện.\n\n" in listing.description


def test_a_summary_without_its_full_stop_is_given_one() -> None:
    listing = shipped().describe(subject(Kind.FAIRY_TALE, summary="một chú rùa (bé xíu)"))
    assert listing.description.startswith("Một chú rùa (bé xíu).\n")


def test_music_that_there_is_not_is_not_spoken_of() -> None:
    rights = replace(RIGHTS, music=Right(Basis.NONE))
    assert "nhạc" not in shipped().describe(subject(Kind.FAIRY_TALE, rights=rights)).description


@pytest.mark.parametrize("kind", Kind)
def test_absurd_facts_stay_within_the_limits_and_owed_words_stay(kind: Kind) -> None:
    marks = tuple(
        Mark(f"Chương {number}. " + "Một cái tên dài " * 9, number * 20 * SAMPLE_RATE) for number in range(400)
    )
    listing = shipped().describe(
        subject(
            kind,
            title="Một cuốn sách có cái tên dài " * 9,
            summary="Ngày xửa ngày xưa, có một chú rùa. " * 300,
            tags=tuple(f"từ khóa số {number}" for number in range(300)),
            marks=marks,
            chapter="Chương 17. " + "Đi mãi, đi mãi " * 12,
        )
    )
    assert faults(listing) == ()
    assert "Chương 17." in listing.title
    assert len(listing.title) <= 100
    assert len(listing.description.encode()) <= 5000
    assert tags_length(listing.tags) <= 500
    assert DISCLOSURE in listing.description
    assert "Lời: Thư viện tự viết." in listing.description
    assert "Lời: được dùng tự do (CC0 1.0)." in listing.description
    assert len(chapter_times(listing.description)) >= 30


@pytest.mark.parametrize(
    "payload",
    [
        "{{ 7 * 7 }}",
        "{% for x in () %}{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{# lời #}",
        "\x1eornament\x1f",
        "<script>alert(1)</script>",
        "x\n0:00 giả",
    ],
)
def test_what_an_author_writes_is_shown_and_never_obeyed(payload: str) -> None:
    shown = " ".join(payload.replace("<", "‹").replace(">", "›").replace("\x1e", "").replace("\x1f", "").split())
    listing = shipped().describe(
        subject(Kind.AUDIOBOOK, summary=f"A {payload} b.", author=payload, title=f"T {payload}")
    )
    assert f"A {shown} b." in listing.description
    assert f"Tác giả: {shown}\n" in listing.description
    assert listing.title.startswith(f"T {shown}")
    assert chapter_times(listing.description) == (0, 75, 3700)
