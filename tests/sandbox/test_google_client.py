"""Google's client for Python, as it comes, through all that the service asks of a channel."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaFileUpload, MediaInMemoryUpload

from media_service.youtube.sandbox import tokens
from tests.sandbox.calling import PNG, QUANTUM, SNIPPET, STATUS, VTT, Caller

pytestmark = pytest.mark.enable_socket

FILM = random.Random(9).randbytes(3 * QUANTUM + 7)  # noqa: S311  # always the same bytes
DETAILS = {"snippet": SNIPPET, "status": STATUS}


@pytest.fixture
def channel(caller: Caller) -> Any:
    document = json.loads(get_static_doc("youtube", "v3"))
    document["rootUrl"] = f"{caller.running.url}/"
    del document["mtlsRootUrl"]
    consent = Credentials(  # type: ignore[no-untyped-call]
        None, caller.refresh, None, f"{caller.running.url}/token", tokens.CLIENT, tokens.SECRET
    )
    with build_from_document(document, credentials=consent) as built:
        yield built


def test_a_film_goes_up_in_chunks_under_its_own_name(channel: Any, caller: Caller, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    media = MediaFileUpload(str(tmp_path / "film.mp4"), "video/mp4", chunksize=QUANTUM, resumable=True)
    asked = channel.videos().insert(part="snippet,status", notifySubscribers=False, body=DETAILS, media_body=media)
    asked.headers["Slug"] = "con-co-01-0123456789ab.mp4"
    told, seen = None, []
    while told is None:
        status, told = asked.next_chunk()
        seen += [status.resumable_progress] if status else []
    media.stream().close()
    assert seen == [QUANTUM, 2 * QUANTUM, 3 * QUANTUM]
    file = caller.held(told["id"])["file"]
    assert (file["sha256"], file["name"]) == (hashlib.sha256(FILM).hexdigest(), "con-co-01-0123456789ab.mp4")


def test_everything_after_the_upload_works(channel: Any, caller: Caller) -> None:
    film = MediaInMemoryUpload(FILM, "video/mp4")
    video = channel.videos().insert(part="snippet,status", body=DETAILS, media_body=film).execute()["id"]
    playlist = channel.playlists().insert(part="snippet", body={"snippet": {"title": "Truyện"}}).execute()["id"]
    item = {"snippet": {"playlistId": playlist, "resourceId": {"kind": "youtube#video", "videoId": video}}}
    channel.playlistItems().insert(part="snippet", body=item).execute()
    hero = {"snippet": {"playlistId": playlist, "type": "hero"}}
    picture = MediaInMemoryUpload(PNG, "image/png")
    channel.playlistImages().insert(part="snippet", body=hero, media_body=picture).execute()
    channel.thumbnails().set(videoId=video, media_body=picture).execute()
    track = {"snippet": {"videoId": video, "language": "vi", "name": ""}}
    words = MediaInMemoryUpload(VTT, "text/vtt", resumable=True)
    caption = channel.captions().insert(part="snippet", body=track, media_body=words).execute()["id"]
    assert channel.captions().download(id=caption).execute() == VTT
    public = {"id": video, "status": {"privacyStatus": "public"}}
    assert channel.videos().update(part="status", body=public).execute()["status"]["privacyStatus"] == "public"
    assert (
        channel.videos().list(part="contentDetails", id=video).execute()["items"][0]["contentDetails"]["caption"]
        == "true"
    )
    state = caller.control("state")
    assert state["playlists"][-1]["videos"] == [video]


def test_a_refusal_is_understood(channel: Any) -> None:
    with pytest.raises(HttpError) as refused:
        channel.playlistItems().list(part="id", playlistId="PLnone").execute()
    assert refused.value.status_code == 404
    assert refused.value.error_details[0]["reason"] == "playlistNotFound"


def test_a_lost_consent_is_understood(channel: Any, caller: Caller) -> None:
    caller.wrong({"on": "token", "do": "answer", "status": 400, "reason": "invalid_grant"})
    with pytest.raises(RefreshError, match="invalid_grant"):
        channel.channels().list(part="id", mine=True).execute()
