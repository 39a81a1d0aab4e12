"""Captions and thumbnails: what comes with a file."""

from __future__ import annotations

import hashlib

import pytest

from media_service.youtube.sandbox.subtitles import converted, form
from tests.sandbox import shapes
from tests.sandbox.calling import PNG, VTT, Answer, Caller

pytestmark = pytest.mark.enable_socket

SRT = "1\n00:00:00,000 --> 00:00:01,500\nCon cò bay lả\n\n2\n00:00:02,000 --> 00:00:03,000\nbay la\n"


def add(caller: Caller, video: str, content: bytes = VTT, **snippet: object) -> Answer:
    body = {"snippet": {"videoId": video, "language": "vi", "name": ""} | snippet}
    return caller.upload("captions", content, body, part="snippet")


def test_a_track_is_added_changed_listed_fetched_and_taken_away(caller: Caller) -> None:
    video = caller.video()
    made = add(caller, video)
    assert made.status == 200
    shapes.check("Caption", made.json)
    assert made.json["snippet"]["status"] == "serving"
    changed = caller.upload("captions", SRT.encode(), {"id": made.json["id"]}, "PUT", part="id")
    assert changed.status == 200
    assert caller.api("GET", f"captions/{made.json['id']}").body == SRT.encode()
    assert caller.api("GET", f"captions/{made.json['id']}", tfmt="vtt").body.startswith(b"WEBVTT\n\n00:00:00.000 --> ")
    listed = caller.api("GET", "captions", videoId=video, part="snippet").json
    shapes.check("CaptionListResponse", listed)
    assert [item["id"] for item in listed["items"]] == [made.json["id"]]
    assert (
        caller.api("GET", "videos", id=video, part="contentDetails").json["items"][0]["contentDetails"]["caption"]
        == "true"
    )
    assert caller.api("DELETE", "captions", id=made.json["id"]).status == 204
    assert caller.api("GET", f"captions/{made.json['id']}").reason == "captionNotFound"


def test_a_draft_is_no_caption_yet(caller: Caller) -> None:
    video = caller.video()
    made = add(caller, video, isDraft=True)
    details = caller.api("GET", "videos", id=video, part="contentDetails").json["items"][0]["contentDetails"]
    assert details["caption"] == "false"
    body = {"id": made.json["id"], "snippet": {"isDraft": False}}
    assert caller.api("PUT", "captions", body, part="snippet").json["snippet"]["isDraft"] is False


def test_tracks_that_are_not_in_order_are_refused(caller: Caller) -> None:
    video = caller.video()
    add(caller, video)
    assert add(caller, video).reason == "captionExists"
    assert add(caller, "none").reason == "videoNotFound"
    assert add(caller, video, language="").reason == "invalidMetadata"
    assert add(caller, video, name="a" * 151).reason == "nameTooLong"
    assert add(caller, video, b"", name="empty").reason == "mediaBodyRequired"
    assert add(caller, video, b"\xff\xfe", name="odd").json["snippet"]["failureReason"] == "unknownFormat"


def test_a_body_that_ends_in_mid_file_adds_nothing(caller: Caller) -> None:
    video = caller.video()
    body = (
        b'--m\r\n\r\n{"snippet": {"videoId": "%s", "language": "vi", "name": ""}}\r\n--m\r\n\r\nWEBVTT' % video.encode()
    )
    kind = {"Content-Type": 'multipart/related; boundary="m"'}
    cut = caller.api("POST", "/upload/youtube/v3/captions", body, kind, uploadType="multipart", part="snippet")
    assert cut.reason == "badRequest"
    assert caller.api("GET", "captions", videoId=video, part="id").json["items"] == []


@pytest.mark.parametrize("kind", ["text/plain", "multipart/related", "multipart/form-data; boundary=m"])
def test_a_body_of_another_kind_is_refused(caller: Caller, kind: str) -> None:
    sent = caller.api(
        "POST", "/upload/youtube/v3/captions", b"x", {"Content-Type": kind}, uploadType="multipart", part="snippet"
    )
    assert sent.reason == "badRequest"


def test_a_thumbnail_is_set_and_shown(caller: Caller) -> None:
    video = caller.video()
    answer = caller.upload("thumbnails/set", PNG, videoId=video)
    shapes.check("ThumbnailSetResponse", answer.json)
    picture = caller.ask("GET", answer.json["items"][0]["maxres"]["url"])
    assert (picture.headers["content-type"], picture.body) == ("image/png", PNG)
    assert caller.held(video)["thumbnail"]["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert caller.upload("thumbnails/set", b"no picture", videoId=video).reason == "invalidImage"
    assert caller.ask("GET", answer.json["items"][0]["maxres"]["url"]).body == PNG


def test_too_many_thumbnails_are_refused_as_youtube_does(caller: Caller) -> None:
    video = caller.video()
    caller.wrong({"on": "thumbnails.set", "do": "answer", "status": 429, "reason": "uploadRateLimitExceeded"})
    refused = caller.upload("thumbnails/set", PNG, videoId=video)
    assert (refused.status, refused.reason) == (429, "uploadRateLimitExceeded")
    assert refused.json["error"]["errors"][0]["domain"] == "youtube.thumbnail"


def test_the_two_forms_of_captions_become_each_other() -> None:
    assert (form(VTT), form(SRT.encode()), form(b"{}")) == ("vtt", "srt", "")
    assert converted(VTT.decode(), "srt") == SRT
    assert converted(converted(SRT, "vtt"), "srt") == SRT
