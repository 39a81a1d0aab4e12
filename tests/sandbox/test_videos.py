"""What may be said of a video, who may see it when, and how it is told of."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from tests.sandbox import shapes
from tests.sandbox.calling import SNIPPET, STATUS, Caller

pytestmark = pytest.mark.enable_socket

EVERY = (
    "snippet,status,contentDetails,statistics,processingDetails,fileDetails,recordingDetails,localizations,suggestions,"
    "player"
)
LATER, EARLIER = "2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z"


def look(caller: Caller, video: str, part: str = EVERY) -> Any:
    return caller.api("GET", "videos", id=video, part=part).json["items"][0]


TITLE, WORDS, TIME = "body.snippet.title", "body.snippet.description", "body.status.publishAt"
BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no title": ({"snippet": {"categoryId": "27"}}, "invalidTitle", TITLE),
    "title too long": ({"snippet": SNIPPET | {"title": "ấ" * 101}}, "invalidTitle", TITLE),
    "markup in title": ({"snippet": SNIPPET | {"title": "a < b"}}, "invalidTitle", TITLE),
    "description too long": ({"snippet": SNIPPET | {"description": "ấ" * 1667}}, "invalidDescription", WORDS),
    "markup in description": ({"snippet": SNIPPET | {"description": "a > b"}}, "invalidDescription", WORDS),
    "tags too long": ({"snippet": SNIPPET | {"tags": ["hai từ"] * 56}}, "invalidTags", "body.snippet.tags"),
    "category unknown": ({"snippet": SNIPPET | {"categoryId": "999"}}, "invalidCategoryId", "body.snippet.categoryId"),
    "time past": ({"snippet": SNIPPET, "status": STATUS | {"publishAt": EARLIER}}, "invalidPublishAt", TIME),
    "time of a public one": (
        {"snippet": SNIPPET, "status": {"privacyStatus": "public", "publishAt": LATER}}, "invalidPublishAt", TIME),
    "no language": (
        {"snippet": SNIPPET, "localizations": {"en": {"title": "A"}}}, "defaultLanguageNotSet",
        "body.snippet.defaultLanguage"),
    "part not named": ({"snippet": SNIPPET, "recordingDetails": {}}, "unexpectedPart", "part"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_may_not_be_said_is_refused_with_youtubes_reason(caller: Caller, case: str) -> None:
    body, reason, place = BAD[case]
    parts = ",".join(name for name in body if name != "recordingDetails")
    answer = caller.api("POST", "/resumable/upload/youtube/v3/videos", body, uploadType="resumable", part=parts)
    jsonschema.validate(answer.json, shapes.ERROR)
    assert (answer.status, answer.reason) == (400, reason)
    assert answer.json["error"]["errors"][0]["location"] == place


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"snippet": SNIPPET | {"titel": "A"}}, "Unknown name \"titel\" at 'snippet': Cannot find field."),
        ({"snippet": SNIPPET | {"title": 5}}, "Invalid value at 'snippet.title' (TYPE_STRING), 5"),
        ({"snippet": SNIPPET | {"tags": ["a", 1]}}, "Invalid value at 'snippet.tags[1]'"),
        ({"snippet": SNIPPET, "status": {"privacyStatus": "secret"}}, "Invalid value at 'status.privacyStatus'"),
        ({"snippet": SNIPPET, "status": {"embeddable": "yes"}}, "Invalid value at 'status.embeddable' (TYPE_BOOLEAN)"),
        ({"snippet": SNIPPET, "status": {"publishAt": "tomorrow"}}, "Invalid value at 'status.publishAt' (date-time)"),
        ([], "Invalid JSON payload"),
    ],
)
def test_what_the_schema_does_not_know_is_named(caller: Caller, body: Any, said: str) -> None:
    answer = caller.api("POST", "/upload/youtube/v3/videos", body, uploadType="resumable", part="snippet,status")
    jsonschema.validate(answer.json, shapes.ERROR)
    assert answer.status == 400
    assert said in answer.json["error"]["message"]
    assert answer.json["error"]["status"] == "INVALID_ARGUMENT"


def test_what_is_no_json_is_refused(caller: Caller) -> None:
    answer = caller.api("POST", "playlists", b"{", {"Content-Type": "application/json"}, part="snippet")
    assert answer.reason == "parseError"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"id": "x"}, "missingRequiredParameter"),
        ({"part": "snippet"}, "missingRequiredParameter"),
        ({"part": "snippets", "id": "x"}, "unknownPart"),
        ({"part": "snippet", "id": "x", "maxResults": 51}, "invalidParameter"),
        ({"part": "snippet", "id": "x", "colour": "red"}, "invalid"),
    ],
)
def test_parameters_are_held_against_the_document(caller: Caller, query: dict[str, object], reason: str) -> None:
    answer = caller.api("GET", "videos", **query)
    jsonschema.validate(answer.json, shapes.ERROR)
    assert (answer.status, answer.reason) == (400, reason)


def test_a_video_without_a_word_on_privacy_is_public(caller: Caller) -> None:
    video = caller.video(body={"snippet": SNIPPET, "status": {}})
    assert look(caller, video)["status"]["privacyStatus"] == "public"


def test_every_part_of_a_video_is_as_the_document_says(caller: Caller) -> None:
    body = {
        "snippet": SNIPPET | {"tags": ["cò"], "defaultLanguage": "vi", "defaultAudioLanguage": "vi"},
        "status": STATUS | {"selfDeclaredMadeForKids": True, "containsSyntheticMedia": True, "publishAt": LATER},
    }
    video = caller.video(body=body, Slug="con-co.mp4")
    caller.api(
        "PUT",
        "videos",
        {"id": video, "localizations": {"en": {"title": "Stork", "description": ""}}},
        part="localizations",
    )
    told = caller.api("GET", "videos", id=video, part=EVERY).json
    shapes.check("VideoListResponse", told)
    item = told["items"][0]
    assert set(item) == {"kind", "etag", "id", *EVERY.split(",")}
    assert item["snippet"] | SNIPPET == item["snippet"]
    assert item["status"] | body["status"] | {"uploadStatus": "processed", "madeForKids": True} == item["status"]
    assert item["fileDetails"]["fileName"] == "con-co.mp4"
    assert item["localizations"]["en"]["title"] == "Stork"
    assert set(look(caller, video, "id,status")) == {"kind", "etag", "id", "status"}


def test_an_etag_changes_with_what_it_marks(caller: Caller) -> None:
    video = caller.video()
    one, same = look(caller, video, "snippet")["etag"], look(caller, video, "snippet")["etag"]
    caller.api("PUT", "videos", {"id": video, "snippet": SNIPPET | {"title": "Khác"}}, part="snippet")
    assert one == same != look(caller, video, "snippet")["etag"]


def test_an_update_replaces_whole_parts_and_leaves_the_others(caller: Caller) -> None:
    body = {
        "snippet": SNIPPET | {"tags": ["cò"]},
        "status": STATUS | {"publishAt": LATER, "embeddable": False, "license": "creativeCommon"},
    }
    video = caller.video(body=body)
    changed = caller.api("PUT", "videos", {"id": video, "status": STATUS}, part="status")
    assert changed.status == 200
    now = look(caller, video)
    assert "publishAt" not in now["status"]
    assert (now["status"]["embeddable"], now["status"]["license"]) == (True, "youtube")
    assert now["snippet"]["tags"] == ["cò"]
    caller.api("PUT", "videos", {"id": video, "snippet": {"title": "Khác", "categoryId": "27"}}, part="snippet")
    assert look(caller, video)["snippet"]["description"] == ""
    assert "tags" not in look(caller, video)["snippet"]


def test_an_update_of_the_snippet_needs_title_and_category(caller: Caller) -> None:
    video = caller.video()
    for snippet, reason in (({"title": "A"}, "invalidCategoryId"), ({"categoryId": "27"}, "invalidTitle")):
        assert caller.api("PUT", "videos", {"id": video, "snippet": snippet}, part="snippet").reason == reason


def test_localised_words_stay_only_while_there_is_a_language_of_its_own(caller: Caller) -> None:
    video = caller.video(body={"snippet": SNIPPET | {"defaultLanguage": "vi"}, "status": STATUS})
    english = {"id": video, "localizations": {"en": {"title": "Stork", "description": ""}}}
    assert caller.api("PUT", "videos", english, part="localizations").status == 200
    assert (
        caller.api("PUT", "videos", {"id": video, "snippet": SNIPPET}, part="snippet").reason == "defaultLanguageNotSet"
    )


def test_a_video_is_public_when_its_time_has_come_and_cannot_be_scheduled_again(caller: Caller) -> None:
    at = caller.control("clock")["now"][:4]
    video = caller.video(
        body={"snippet": SNIPPET, "status": STATUS | {"publishAt": f"{int(at) + 1}-05-01T12:00:00+07:00"}}
    )
    assert look(caller, video)["status"]["privacyStatus"] == "private"
    caller.control("clock", to=f"{int(at) + 1}-05-01T05:00:01Z")
    caller.access = caller.token(caller.refresh).json["access_token"]
    now = look(caller, video)
    assert now["status"]["privacyStatus"] == "public"
    assert now["snippet"]["publishedAt"] == f"{int(at) + 1}-05-01T05:00:00Z"
    again = {"id": video, "status": STATUS | {"publishAt": LATER}}
    assert caller.api("PUT", "videos", again, part="status").reason == "invalidPublishAt"


def test_a_video_that_is_deleted_is_gone(caller: Caller) -> None:
    video = caller.video()
    assert caller.api("DELETE", "videos", id=video).status == 204
    assert caller.api("GET", "videos", id=video, part="id").json["items"] == []
    assert caller.api("DELETE", "videos", id=video).reason == "videoNotFound"


def test_a_new_video_may_not_be_found_for_a_while(caller: Caller) -> None:
    caller.wrong({"on": "videos.insert", "do": "hide", "seconds": 60})
    video = caller.video()
    assert caller.place(caller.playlist(), video).reason == "videoNotFound"
    assert caller.upload("thumbnails/set", b"", videoId=video).reason == "videoNotFound"
    uploads = caller.api("GET", "playlistItems", playlistId="UUsandboxBinhThuan000001", part="contentDetails").json[
        "items"
    ]
    assert uploads[0]["contentDetails"]["videoId"] == video
    caller.control("clock", by=61)
    assert caller.place(caller.playlist(), video).status == 200


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"do": "reject", "reason": "duplicate"}, {"uploadStatus": "rejected", "rejectionReason": "duplicate"}),
        ({"do": "fail", "reason": "codec"}, {"uploadStatus": "failed", "failureReason": "codec"}),
    ],
)
def test_a_video_may_be_refused_after_it_has_arrived(
    caller: Caller, wrong: dict[str, str], status: dict[str, str]
) -> None:
    caller.wrong({"on": "videos.insert", **wrong})
    video = look(caller, caller.video())
    assert video["status"] | status == video["status"]
    shapes.check("Video", video)


def test_the_channel_and_what_videos_may_be_are_told(caller: Caller) -> None:
    channel = caller.api("GET", "channels", mine="true", part="id,snippet,contentDetails,status,statistics").json
    shapes.check("ChannelListResponse", channel)
    assert channel["items"][0]["contentDetails"]["relatedPlaylists"]["uploads"] == "UUsandboxBinhThuan000001"
    assert channel["items"][0]["status"]["longUploadsStatus"] == "allowed"
    assert caller.api("GET", "channels", id="UCanother", part="id").json["items"] == []
    for path, schema, more in (
        ("videoCategories", "VideoCategoryListResponse", {"regionCode": "VN"}),
        ("i18nLanguages", "I18nLanguageListResponse", {}),
    ):
        told = caller.api("GET", path, part="snippet", **more).json
        shapes.check(schema, told)
        assert len(told["items"]) > 3


def test_a_method_that_is_not_there_is_not_found(caller: Caller) -> None:
    answer = caller.api("GET", "search", part="snippet", q="cò")
    jsonschema.validate(answer.json, shapes.ERROR)
    assert answer.status == 404


def boxed(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


@pytest.mark.parametrize(("seconds", "status"), [(12 * 3600, "processed"), (12 * 3600 + 1, "rejected")])
def test_a_film_that_is_too_long_is_rejected_and_its_length_is_told(caller: Caller, seconds: int, status: str) -> None:
    header = bytes(12) + (1).to_bytes(4, "big") + seconds.to_bytes(4, "big") + bytes(80)
    video = look(caller, caller.video(boxed(b"ftyp", b"isom") + boxed(b"moov", boxed(b"mvhd", header))))
    assert video["status"]["uploadStatus"] == status
    assert video["status"].get("rejectionReason", "length") == "length"
    assert video["fileDetails"]["durationMs"] == str(seconds * 1000)
    assert video["contentDetails"]["duration"] == ("PT12H" if status == "processed" else "PT12H1S")
