"""The service's commands as people meet them: what they print in both languages, and what they tell the shell."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from media_service import listening, words
from media_service.catalogue import translate
from media_service.cli.main import main
from media_service.domain.manifest import Grounds
from media_service.domain.product import Key
from media_service.domain.rights import Rights
from media_service.domain.service import Event, Note, Standing, Verdict, Will, WorkStatus
from media_service.domain.stage import Queue, StageState
from media_service.files.shelf import FolderShelf
from media_service.stores import Decision, Stores
from media_service.tally import Tally
from tests import jobs
from tests.fakes_stores import (
    NOON,
    FakeRecords,
    FakeReviews,
    FakeWorks,
    episode,
    finished,
    gate,
    item,
    opened,
    stores,
    trouble,
    work,
    worker,
)

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "media_service")
ALL = tuple(worker(queue.value) for queue in Queue)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Stores]:
    """Let the commands find this state."""

    def put(**doors: object) -> Stores:
        state = stores(**doors)
        monkeypatch.setattr("media_service.bootstrap.stores", lambda _settings: opened(state))
        return state

    return put


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEDIA_SERVICE_LANG", "en")
    monkeypatch.setenv("MEDIA_SERVICE_WHO", "lan")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def cells(out: str) -> list[list[str]]:
    """Return a printed table as its rows of cells."""
    return [[cell.strip() for cell in row.split("  ") if cell.strip()] for row in out.splitlines() if row.strip()]


def test_a_job_is_accepted_with_its_length_its_pieces_and_its_pictures(
    run: Run, there: Callable[..., Stores], tmp_path: Path
) -> None:
    works = FakeWorks()
    there(works=works)
    code, out, err = run("submit", jobs.short_job(tmp_path / "jobs"))
    assert (code, err) == (0, "")
    assert out.startswith("“Con cò” is accepted as con-co: 1 episode(s), about 0:")
    assert "No worker runs now. Work begins with: media-service up" in out
    (submission,) = works.submissions
    assert submission.submitter == "lan"
    assert (submission.pieces, submission.first_step) == ((1,), "narrate")
    assert submission.work_s > 10
    assert [key.product for key in submission.products] == ["picture", "picture"]
    assert len(list((tmp_path / "output/.shelf").rglob("*.json"))) >= 2


def test_a_job_handed_in_again_says_what_is_made_anew(run: Run, there: Callable[..., Stores], tmp_path: Path) -> None:
    there(records=FakeRecords(*ALL))
    book = jobs.SHORT.replace("fairy-tale", "audiobook")
    job = jobs.short_job(tmp_path / "jobs", book)
    assert "anew" not in run("submit", job)[1]
    assert "Nothing has changed" in run("submit", job)[1]
    (job / "script.md").write_text(book.replace("bay về tổ", "bay về núi"), encoding="utf-8")
    assert "Episodes made anew: 2; 1 stay(s) as they are." in run("submit", job)[1]


def test_a_faulty_job_is_not_accepted_and_the_others_are(
    run: Run, there: Callable[..., Stores], tmp_path: Path
) -> None:
    works = FakeWorks()
    there(works=works, records=FakeRecords(*ALL))
    good = jobs.short_job(tmp_path / "jobs")
    bad = jobs.short_job(tmp_path / "others", jobs.SHORT.replace("chieu.png", "trua.png"))
    code, out, err = run("submit", bad, good, "nowhere")
    assert code == 2
    assert "script.md:28: There is no trua.png" in err
    assert "nowhere" in err
    assert len(works.submissions) == 1
    assert out.count("is accepted") == 1


def test_a_job_whose_folder_holds_another_jobs_work_is_refused(
    run: Run, there: Callable[..., Stores], tmp_path: Path
) -> None:
    works = FakeWorks()
    there(works=works)
    (tmp_path / "output/con-co").mkdir(parents=True)
    (tmp_path / "output/con-co/production.json").write_text('{"job": "Con Cò!"}', encoding="utf-8")
    code, _, err = run("submit", jobs.short_job(tmp_path / "jobs"))
    assert code == 2
    assert "Con Cò!" in err
    assert works.submissions == []


def test_who_asks_must_be_known(
    run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    works = FakeWorks(work())
    there(works=works)
    monkeypatch.delenv("MEDIA_SERVICE_WHO")
    monkeypatch.setattr("media_service.settings._signed_in", lambda: "")
    code, out, err = run("pause", "con-co")
    assert (code, out) == (2, "")
    assert "--as NAME" in err
    assert run("pause", "con-co", "--as", "hoa")[0] == 0
    assert works.wishes == [("con-co", Will.PAUSED, "hoa")]


@pytest.mark.parametrize(
    ("command", "will", "said"),
    [
        ("cancel", Will.CANCELLED, "“con-co” is cancelled: what runs of it stops within moments"),
        ("pause", Will.PAUSED, "Go on with: media-service resume con-co"),
        ("retry", None, "“con-co”: 3 piece(s) of work will be tried again at once."),
    ],
)
def test_a_wish_is_passed_on_and_told(
    run: Run, there: Callable[..., Stores], command: str, will: Will | None, said: str
) -> None:
    works = FakeWorks(work())
    there(works=works)
    code, out, err = run(command, "con-co")
    assert (code, err) == (0, "")
    assert said in out
    assert works.wishes == [("con-co", will, "lan")]


@pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.CANCELLED])
def test_what_is_held_goes_on_when_it_is_resumed(run: Run, there: Callable[..., Stores], standing: Standing) -> None:
    works = FakeWorks(work(standing=standing))
    there(works=works)
    assert run("resume", "con-co") == (0, "“con-co” goes on.\n", "")
    assert works.wishes == [("con-co", Will.GO, "lan")]


@pytest.mark.parametrize(
    ("command", "standing", "said"),
    [
        ("resume", Standing.WORKING, "“con-co” is neither paused nor cancelled"),
        ("resume", Standing.APPROVED, "“con-co” is neither paused nor cancelled"),
        ("pause", Standing.REVIEW, "“con-co” is made already; there is nothing to pause."),
        ("pause", Standing.APPROVED, "“con-co” is made already; there is nothing to pause."),
    ],
)
def test_a_wish_that_would_mean_nothing_changes_nothing(
    run: Run, there: Callable[..., Stores], command: str, standing: Standing, said: str
) -> None:
    works = FakeWorks(work(standing=standing))
    there(works=works)
    code, out, _ = run(command, "con-co")
    assert code == 0
    assert said in out
    assert works.wishes == []


def test_there_may_be_nothing_to_try_again(run: Run, there: Callable[..., Stores]) -> None:
    works = FakeWorks(work())
    works.touched = 0
    there(works=works)
    assert "nothing has failed" in run("retry", "con-co")[1]


@pytest.mark.parametrize(
    "command", ["retry", "cancel", "pause", "resume", "status", "log", "review show", "review approve"]
)
def test_a_name_that_is_not_there_brings_the_nearest_that_is(
    run: Run, there: Callable[..., Stores], command: str
) -> None:
    works = FakeWorks(work("con-co"), work("thap-po-sah-inu"))
    there(works=works)
    code, out, err = run(*command.split(), "Con-cò")
    assert (code, out) == (2, "")
    assert err == "There is no production “Con-cò”; did you mean “con-co”?\n"
    assert "did you mean “thap-po-sah-inu”" in run(*command.split(), "thap")[2]
    assert "did you mean" not in run(*command.split(), "xyz")[2]
    assert works.wishes == []


def test_the_status_is_a_row_a_production(run: Run, there: Callable[..., Stores]) -> None:
    book = work("sach", finished(1), episode(2), episode(3, state="planned", step="narrate", pieces=0), left=None)
    there(works=FakeWorks(work(), book), records=FakeRecords(*ALL))
    code, out, err = run("status")
    assert (code, err) == (0, "")
    assert cells(out) == [
        ["production", "standing", "episodes", "now", "time left"],
        ["con-co", "in work", "0/1", "making the film, 47%", "2:10"],
        ["sach", "in work", "1/3", "making the film, 49%"],
    ]


def test_a_very_long_name_leaves_room_for_the_rest(
    run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    there(works=FakeWorks(work(), work("su-tich-" * 12)), records=FakeRecords(*ALL))
    out = run("status")[1]
    assert ["con-co", "in work", "0/1", "making the", "2:10"] in cells(out)
    assert max(map(len, out.splitlines())) <= 80


def test_the_status_of_one_shows_its_episodes(run: Run, there: Callable[..., Stores]) -> None:
    book = work("sach", finished(1), episode(2), episode(3, state="planned", step="narrate", pieces=0))
    there(works=FakeWorks(book), records=FakeRecords(*ALL))
    rows = cells(run("status", "sach")[1])
    assert ["01", "made", "waits for review", "1:00", "Chương 1"] in rows
    assert ["02", "making the film 2/4, 47%", "1:00", "Chương 2"] in rows
    assert ["03", "speaking, 0%", "≈ 1:00", "Chương 3"] in rows


def test_a_trouble_is_told_with_what_to_do(
    run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = trouble(number=0, step="conclude", state=StageState.DUE, again_at=NOON, lines="")
    stuck = work(standing=Standing.STUCK, troubles=(trouble(), waits))
    there(works=FakeWorks(stuck), records=FakeRecords(*ALL))
    out = run("status")[1]
    assert (
        "con-co 01, making the film: The ship sank; build another. When that is mended: media-service retry con-co"
        in out
    )
    moment = f"{NOON.astimezone():%Y-%m-%d %H:%M}"
    assert f"con-co, writing the manifest: The ship sank; build another. It waits for its next try ({moment})." in out
    assert "last words" not in run("status", "con-co")[1]
    monkeypatch.setenv("MEDIA_SERVICE_DEBUG", "1")
    assert "last words" in run("status", "con-co")[1]


def test_work_that_nobody_serves_is_told(run: Run, there: Callable[..., Stores]) -> None:
    there(works=FakeWorks(work()), records=FakeRecords(worker("speech")))
    assert "no worker runs (film); start media-service worker --queues film." in run("status")[1]
    there(works=FakeWorks(work()))
    assert "Work begins with: media-service up" in run("status")[1]
    there(works=FakeWorks(work("x", finished(), standing=Standing.REVIEW, left=None)))
    assert "media-service up" not in run("status")[1]
    there()
    assert "media-service submit JOB" in run("status")[1]


def test_programs_read_the_status_as_json(run: Run, there: Callable[..., Stores]) -> None:
    there(works=FakeWorks(work(troubles=(trouble(again_at=NOON),))), records=FakeRecords(worker("misc")))
    told = json.loads(run("status", "--json")[1])
    (one,) = told["productions"]
    assert (one["slug"], one["standing"], one["left"]) == ("con-co", "working", 130.0)
    assert one["submitted_at"] == "2026-03-02T05:00:00+00:00"
    assert one["episodes"][0]["step"] == "film"
    assert one["troubles"][0]["said"] == "The ship sank; build another."
    assert told["workers"][0]["queue"] == "misc"
    assert told["unattended"] == ["film"]


def test_watching_tells_each_change_once_and_ends_when_the_work_is_made(
    run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("media_service.cli.status.EVERY_S", 0)
    scenes = [work(), work(left=timedelta(seconds=9)), work("con-co", finished(), standing=Standing.REVIEW, left=None)]

    class Moving(FakeWorks):
        def status(self, slug: str | None = None, *, limit: int = 50) -> tuple[WorkStatus, ...]:
            return (scenes.pop(0),)

    there(works=Moving(), records=FakeRecords(*ALL))
    code, out, err = run("status", "con-co", "--watch")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["con-co · in work · 0/1 · making the film, 47%", "con-co · waits for review · 1/1"]


def test_in_a_terminal_the_table_is_drawn_anew(
    run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("media_service.cli.status.EVERY_S", 0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    scenes = [work(), work("con-co", finished(), standing=Standing.REVIEW, left=None)]

    class Moving(FakeWorks):
        def status(self, slug: str | None = None, *, limit: int = 50) -> tuple[WorkStatus, ...]:
            return (scenes.pop(0),)

    there(works=Moving(), records=FakeRecords(*ALL))
    code, out, _ = run("status", "con-co", "--watch")
    assert code == 0
    assert "\x1b[1A" in out
    assert out.index("making the film, 47%") < out.index("waits for review")


def test_watching_ends_with_two_where_a_person_is_needed(run: Run, there: Callable[..., Stores]) -> None:
    there(works=FakeWorks(work(standing=Standing.STUCK, troubles=(trouble(),))), records=FakeRecords(*ALL))
    assert run("status", "con-co", "--watch")[0] == 2


def test_ctrl_c_ends_watching_cleanly(run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupt)
    there(works=FakeWorks(work()), records=FakeRecords(*ALL))
    code, out, err = run("status", "--watch")
    assert (code, err) == (0, "")
    assert "con-co" in out


def test_what_waits_for_review_is_listed_with_its_doubts(run: Run, there: Callable[..., Stores]) -> None:
    doubtful = item("sach", 2, failed_gates=(gate(), gate()), draft_voice=True, grounds=Grounds(Rights(), (), None))
    approved = item("cu", verdict=Verdict.APPROVED)
    there(reviews=FakeReviews(item(), doubtful, approved))
    code, out, _ = run("review", "list")
    assert code == 0
    moment = f"{NOON.astimezone():%Y-%m-%d %H:%M}"
    assert cells(out)[1:] == [
        ["con-co", "01", moment, "1:23", "lan"],
        ["sach", "02", moment, "1:23", "lan", "standards A2, rights, made for kids, draft voice"],
    ]
    assert ["cu", "01", moment, "1:23", "lan", "approved"] in cells(run("review", "list", "--all")[1])
    told = json.loads(run("review", "list", "--json")[1])["episodes"]
    assert [one["slug"] for one in told] == ["con-co", "sach"]
    assert told[1]["failed_gates"][0]["id"] == "A2"
    there()
    assert run("review", "list")[1] == "Nothing waits for review.\n"


def test_an_episode_is_shown_with_its_files_doubts_and_notes(
    run: Run, there: Callable[..., Stores], tmp_path: Path
) -> None:
    notes = (Note("hoa", NOON, "Đọc sai tên.", 83.0, Verdict.SENT_BACK),)
    shown = item(failed_gates=(gate(),), draft_voice=True, notes=notes)
    there(works=FakeWorks(work()), reviews=FakeReviews(shown, item(number=2)))
    code, out, _ = run("review", "show", "con-co", "1")
    assert code == 0
    assert "con-co 01 “Chương 1”, 1:23: waits for review (since " in out
    assert f"  {tmp_path}/output/con-co/01/video.mp4\n" in out
    assert "loudness of the film (A2) is -20.00 LUFS, wanted -15 – -13 LUFS." in out
    assert "The voice is a draft" in out
    assert "hoa (sent back) [1:23]: Đọc sai tên." in out
    assert "con-co 02" not in out
    assert "con-co 02" in run("review", "show", "con-co")[1]


def test_the_only_episode_that_waits_is_approved_without_being_named(run: Run, there: Callable[..., Stores]) -> None:
    reviews = FakeReviews(item(), item(number=2, verdict=Verdict.APPROVED))
    there(works=FakeWorks(work()), reviews=reviews)
    code, out, err = run("review", "approve", "con-co", "--note", "Hay!", "--as", "hoa")
    assert (code, err) == (0, "")
    assert out == "con-co 01 “Chương 1” is approved.\n"
    assert reviews.decisions == [("con-co", 1, Decision(Verdict.APPROVED, "hoa", "Hay!"))]


def test_of_several_that_wait_one_is_named_or_all(run: Run, there: Callable[..., Stores]) -> None:
    reviews = FakeReviews(item(), item(number=2, draft_voice=True), item(number=3))
    there(works=FakeWorks(work("con-co", *map(finished, (1, 2, 3)))), reviews=reviews)
    code, _, err = run("review", "approve", "con-co")
    assert (code, reviews.decisions) == (2, [])
    assert "name one by its number, or give --all" in err
    assert run("review", "approve", "con-co", "3")[0] == 0
    code, _, err = run("review", "approve", "con-co", "--all")
    assert code == 2
    assert "speaks against con-co 2" in err
    assert [number for _, number, _ in reviews.decisions] == [3, 1, 3]


def test_what_something_speaks_against_is_approved_with_a_reason_only(run: Run, there: Callable[..., Stores]) -> None:
    reviews = FakeReviews(item(draft_voice=True))
    there(works=FakeWorks(work()), reviews=reviews)
    assert run("review", "approve", "con-co")[0] == 2
    code, _, err = run("review", "approve", "con-co", "--waive", "  ")
    assert code == 2
    assert "say why: media-service review approve con-co 1 --waive REASON" in err
    assert reviews.decisions == []
    assert run("review", "approve", "con-co", "1", "--waive", "nghe thử trong thư viện")[0] == 0
    assert reviews.decisions[0][2].waiver == "nghe thử trong thư viện"


def test_no_reason_is_asked_for_where_none_would_do(run: Run, there: Callable[..., Stores]) -> None:
    reviews = FakeReviews(item(grounds=Grounds(Rights(), (), made_for_kids=None)))
    there(works=FakeWorks(work()), reviews=reviews)
    for waiver in ((), ("--waive", "vì gấp")):
        code, _, err = run("review", "approve", "con-co", *waiver)
        assert code == 2
        assert "No reason outweighs rights and made_for_kids" in err
        assert "--waive REASON" not in err
    assert reviews.decisions == []


def test_nothing_that_is_decided_is_approved_again_unnamed(run: Run, there: Callable[..., Stores]) -> None:
    there(works=FakeWorks(work()), reviews=FakeReviews(item(verdict=Verdict.APPROVED)))
    code, _, err = run("review", "approve", "con-co")
    assert code == 2
    assert "No episode of “con-co” waits for review" in err


@pytest.mark.parametrize(("at", "seconds"), [("1:23", 83.0), ("1:02:03", 3723.0), ("45", 45.0), ("0:07,5", 7.5)])
def test_an_episode_is_sent_back_with_a_note_at_a_moment(
    run: Run, there: Callable[..., Stores], at: str, seconds: float
) -> None:
    reviews = FakeReviews(item(length_s=4000.0))
    there(works=FakeWorks(work()), reviews=reviews)
    code, out, _ = run("review", "send-back", "con-co", "1", "--note", "Đọc sai tên.", "--at", at)
    assert code == 0
    assert "media-service submit" in out
    assert reviews.decisions == [("con-co", 1, Decision(Verdict.SENT_BACK, "lan", "Đọc sai tên.", seconds))]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("con-co", "1"), "“--note” is missing"),
        (("con-co", "--note", "x"), "“N” is missing; see media-service review send-back --help."),
        (("con-co", "hai", "--note", "x"), "“N” cannot have this value"),
        (("con-co", "1", "--note", "x", "--at", "soon"), "“soon” is no moment; write it as 1:23"),
        (("con-co", "1", "--note", "x", "--at", "0:99"), "“0:99” is no moment"),
        (("con-co", "1", "--note", "x", "--at", "1:24"), "ends at 1:23"),
        (("con-co", "1", "--note", " "), "--note is empty"),
        (("con-co", "2", "--note", "x"), "“con-co” has no episode 2; choose one of: 1."),
    ],
)
def test_a_send_back_that_says_too_little_changes_nothing(
    run: Run, there: Callable[..., Stores], arguments: tuple[str, ...], said: str
) -> None:
    reviews = FakeReviews(item())
    there(works=FakeWorks(work()), reviews=reviews)
    code, _, err = run("review", "send-back", *arguments)
    assert code == 2
    assert said in err
    assert err.count("\n") == 1
    assert reviews.decisions == []


def test_the_log_tells_who_did_what_with_the_newest_last(run: Run, there: Callable[..., Stores]) -> None:
    first = Event(NOON, "lan", "submitted", "con-co", 0, {"revision": "1"})
    later = Event(NOON + timedelta(hours=1), "hoa", "approved", "con-co", 2, {})
    strange = Event(NOON + timedelta(hours=2), "ai", "blessed", "", 0, {})
    there(works=FakeWorks(work()), records=FakeRecords(events=(strange, later, first)))
    out = [line.split("  ")[1:] for line in run("log")[1].splitlines()]
    assert out == [["lan", "handed in", "con-co", "(version: 1)"], ["hoa", "approved", "con-co 02"], ["ai", "blessed"]]
    assert run("log", "con-co", "-n", "1")[1].count("\n") == 1


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("words_for", "of"),
    [(words.STANDINGS, Standing), (words.VERDICTS, Verdict), (words.STATES, StageState), (words.QUEUES, Queue)],
)
def test_everything_the_service_distinguishes_has_words(
    words_for: dict[object, object], of: type, language: str
) -> None:
    said = [translate(words_for[one], language) for one in of]
    assert len(set(said)) == len(said)


def test_people_read_it_all_in_vietnamese(
    run: Run, there: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_SERVICE_LANG", "vi")
    stuck = work(standing=Standing.STUCK, troubles=(trouble(),))
    there(works=FakeWorks(stuck), reviews=FakeReviews(item(draft_voice=True)), records=FakeRecords(worker("speech")))
    out = run("status", "con-co")[1]
    for said in ("cần người xử lý", "dựng phim, 47%", "Khi đã sửa xong", "không có tiến trình nào làm (phim)"):
        assert said in out
    assert "chờ duyệt" in run("review", "show", "con-co")[1]
    assert "cần xem kỹ" in run("review", "list")[1]
    assert "giọng nháp" in run("review", "show", "con-co")[1]
    assert "Đã tạm dừng “con-co”" in run("pause", "con-co")[1]
    assert "có phải là “con-co”?" in run("cancel", "con-ca")[2]


def test_what_people_want_is_kept_in_the_database(run: Run, tmp_path: Path) -> None:
    job = jobs.short_job(tmp_path / "jobs")
    for command, standing in (
        ("pause", "paused"),
        ("resume", "in work"),
        ("cancel", "cancelled"),
        ("resume", "in work"),
    ):
        if command == "pause":
            assert run("submit", job)[0] == 0
        code, _, err = run(command, "con-co")
        assert (code, err) == (0, "")
        assert cells(run("status")[1])[1][:3] == ["con-co", standing, "0/1"]
    said = [line.split("  ")[2] for line in run("log", "con-co")[1].splitlines()]
    assert said == ["handed in", "paused", "resumed", "cancelled", "resumed"]
    code, _, err = run("review", "approve", "con-co", "--waive", "x")
    assert code == 2
    assert "wait until it is made" in err


def test_a_name_that_the_database_does_not_know_brings_the_nearest(run: Run, tmp_path: Path) -> None:
    run("submit", jobs.short_job(tmp_path / "jobs"))
    assert run("retry", "con-bo")[2] == "There is no production “con-bo”; did you mean “con-co”?\n"
    code, out, err = run("retry", "xyz")
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("worker",), "No service runs on"),
        (("up", "--queues", "speech,fim"), "There is no queue “fim”; did you mean film?"),
        (("worker", "--queues", "kho"), "There is no queue “kho”; did you mean speech, film, publish, misc?"),
        (("up", "--cores", "0"), "“--cores” cannot have this value"),
        (("worker", "-n", "many"), "“-n” cannot have this value"),
    ],
)
def test_what_cannot_work_is_not_begun(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.fixture
def service(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A service as a person starts it, in a folder of its own."""
    monkeypatch.setenv("MEDIA_SERVICE_LISTEN", "")
    monkeypatch.setenv("MEDIA_SERVICE_STUDIO", "127.0.0.1:0")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with (
        (tmp_path / "up.log").open("w") as log,
        subprocess.Popen([*PROGRAM, "up"], stdout=subprocess.PIPE, stderr=log, text=True) as up,
    ):
        try:
            yield up
        finally:
            up.kill()


@pytest.mark.enable_socket
def test_a_taken_address_is_said_with_the_setting_that_chose_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MEDIA_SERVICE_LISTEN", "")
    with listening.listen("127.0.0.1:0", "--listen") as taken:
        monkeypatch.setenv("MEDIA_SERVICE_STUDIO", listening.address(taken).removeprefix("http://"))
        up = subprocess.run([*PROGRAM, "up"], check=False, capture_output=True, text=True, timeout=60)
    assert (up.returncode, up.stdout) == (2, "")
    assert "set MEDIA_SERVICE_STUDIO to another address" in up.stderr
    assert up.stderr.count("\n") == 1


@pytest.mark.film
def test_what_is_handed_in_is_made_and_waits_for_a_person(
    run: Run, service: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert service.stdout
    assert any("productions appear in" in service.stdout.readline() for _ in range(4))  # the studio's lines come first
    second = subprocess.run([*PROGRAM, "up"], check=False, capture_output=True, text=True, timeout=60)
    assert (second.returncode, second.stderr.count("\n")) == (2, 1), second.stderr
    assert "Another service already runs" in second.stderr

    one_chapter = jobs.SHORT[: jobs.SHORT.index("\n# Chiều về")]
    assert run("submit", jobs.short_job(tmp_path / "jobs", one_chapter))[0] == 0
    watched = subprocess.run(
        [*PROGRAM, "status", "con-co", "--watch"], check=False, capture_output=True, text=True, timeout=240
    )
    assert watched.returncode == 0, watched.stdout + watched.stderr
    assert watched.stdout.splitlines()[-1] == "con-co · waits for review · 1/1"
    assert (tmp_path / "output/con-co/production.json").is_file()

    shown = run("review", "show", "con-co", "1")[1]
    assert str(tmp_path / "output/con-co/01/video.mp4") in shown
    code, _, err = run("review", "approve", "con-co")
    assert code == 2
    assert "draft" in err
    assert run("review", "approve", "con-co", "--waive", "chỉ nghe thử")[0] == 0
    assert cells(run("status")[1])[1] == ["con-co", "approved", "1/1"]

    service.send_signal(signal.SIGINT)
    assert service.wait(timeout=15) == 0
    assert "nothing is lost" in service.stdout.read()


def test_a_backup_brings_everything_back_elsewhere(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("submit", jobs.short_job(tmp_path / "jobs"))
    run("pause", "con-co")
    code, out, err = run("backup", tmp_path / "sao-luu.tar")
    assert (code, err) == (0, "")
    assert "sao-luu.tar: 2 product(s)" in out
    code, _, err = run("backup", tmp_path / "sao-luu.tar")
    assert code == 2
    assert "there already" in err
    code, _, err = run("backup", tmp_path / "usb" / "sao-luu.tar")
    assert (code, (tmp_path / "usb").exists()) == (2, False)
    assert "mount its disk" in err
    code, _, err = run("restore", tmp_path / "sao-luu.tar")
    assert (code, err.count("\n")) == (2, 1)

    monkeypatch.setenv("MEDIA_SERVICE_OUTPUT", str(tmp_path / "elsewhere"))
    code, out, err = run("restore", tmp_path / "sao-luu.tar")
    assert (code, err) == (0, "")
    assert "2 product(s)" in out
    assert cells(run("status")[1])[1][:2] == ["con-co", "paused"]
    assert "restored from a backup" in run("log")[1]
    assert len([path for path in (tmp_path / "elsewhere/.shelf/picture").rglob("*") if path.is_file()]) == 4
    code, _, err = run("restore", tmp_path / "nowhere.tar", "--as", "hoa")
    assert code == 2


def test_what_nothing_refers_to_is_told_first_and_thrown_away_when_asked(run: Run, tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "output/.shelf", Tally())
    shelf.obtain(Key("clip", "0" * 64, ".flac"), type(None), lambda path: path.write_bytes(bytes(2_000_000)) and None)
    shelf.close()
    run("submit", jobs.short_job(tmp_path / "jobs"))
    assert run("gc")[1] == "Nothing is to be thrown away.\n"
    for path in (tmp_path / "output/.shelf").rglob("*.json"):
        os.utime(path, (0, 0))
    told = run("gc", "--older-than", "40d")[1]
    assert told.startswith("Nothing refers to 1 product(s), unused for 40 days: 2.0 MB.")
    assert json.loads(run("gc", "--json")[1])["count"] == 1
    assert run("gc", "--delete")[1].startswith("1 product(s) thrown away: 2.0 MB.")
    assert run("gc")[1] == "Nothing is to be thrown away.\n"
    assert "unused products thrown away" in run("log")[1]


@pytest.mark.parametrize("age", ["1d", "soon", "-3", "30h", ""])
def test_an_age_that_cannot_be_is_refused(run: Run, age: str) -> None:
    code, out, err = run("gc", "--older-than", age, "--delete")
    assert (code, out) == (2, "")
    assert "write days, as 30d, at least 2d." in err
