"""A channel's owner consents once, for the right channel, and nobody else can answer for them."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import requests

from media_service.errors import ChannelAwayError, SetupError
from media_service.youtube import client_secret
from media_service.youtube.callback import listening
from media_service.youtube.consent import Asking, Pending
from media_service.youtube.places import SCOPE, YOUTUBE
from media_service.youtube.sandbox.sandbox import CHANNEL
from media_service.youtube.transport import Access, App
from tests.youtube.scene import APP, Scene

pytestmark = pytest.mark.enable_socket

HERE = "http://127.0.0.1:5/"
HUSH = App("id", "hush-hush")


def asking(scene: Scene, channel: str = CHANNEL) -> Asking:
    return Asking(scene.place, APP, channel, scene.calls.append)


def answered(link: str, choice: str = "allow") -> str:
    """Answer as an owner does in a browser; returns the address that the browser is sent to."""
    page = requests.get(link, timeout=10)
    assert page.status_code == 200, page.text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert ticket
    form = {"ticket": ticket[1], "choice": choice}
    page = requests.post(link.split("?", maxsplit=1)[0], data=form, timeout=10, allow_redirects=False)
    return page.headers["location"]


def changed(address: str, **query: str) -> str:
    parts = urlsplit(address)
    return parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **query})).geturl()


def test_an_owner_consents_and_we_speak_for_the_channel(scene: Scene) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    consent = desk.finish(pending, answered(link))
    assert (consent.channel, consent.title) == (CHANNEL, "Thư viện tỉnh Bình Thuận")
    assert datetime.now(UTC).timestamp() - consent.granted_at.timestamp() < 60
    assert scene.channel(Access(scene.place, APP, consent.refresh_token)).identity.whoami().id == CHANNEL
    assert scene.calls[0] == "channels.list"


def test_the_link_asks_for_no_more_than_is_needed_and_for_a_lasting_consent(scene: Scene) -> None:
    link, pending = Asking(YOUTUBE, HUSH, CHANNEL, print).begin(HERE)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert link.startswith(YOUTUBE.consent + "?")
    assert asked["scope"] == SCOPE
    assert (asked["access_type"], asked["prompt"], asked["response_type"]) == ("offline", "consent", "code")
    assert (asked["code_challenge_method"], asked["redirect_uri"], asked["state"]) == ("S256", HERE, pending.state)
    assert pending.verifier not in link
    assert HUSH.secret not in link
    assert Asking(YOUTUBE, APP, CHANNEL, print).begin(HERE)[1] != pending


def test_a_browser_on_this_machine_answers_by_itself(scene: Scene) -> None:
    desk = asking(scene)
    with listening() as listener:
        link, pending = desk.begin(listener.redirect_uri)

        def browse() -> None:
            assert requests.get(listener.redirect_uri + "favicon.ico", timeout=10).status_code == 404
            page = requests.get(answered(link), timeout=10)
            assert page.status_code == 200
            assert "code" not in page.text

        browser = threading.Thread(target=browse)
        browser.start()
        heard = listener.wait(20)
        browser.join()
    assert desk.finish(pending, heard).channel == CHANNEL


def test_nobody_is_waited_for_for_ever() -> None:
    with listening() as listener, pytest.raises(SetupError):
        listener.wait(0.05)


@pytest.mark.parametrize("spoilt", ["another state", "no state", "no code", "not an address"])
def test_an_answer_to_another_question_is_refused(scene: Scene, spoilt: str) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    answer = answered(link)
    wrong = {
        "another state": changed(answer, state=desk.begin(HERE)[1].state),
        "no state": changed(answer, state=""),
        "no code": changed(answer, code=""),
        "not an address": "hello",
    }[spoilt]
    with pytest.raises(SetupError):
        desk.finish(pending, wrong)
    assert scene.calls == []
    assert desk.finish(pending, answer), "the true answer still counts"


def test_who_has_overheard_an_answer_can_do_nothing_with_it(scene: Scene) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    with pytest.raises(SetupError):
        desk.finish(replace(pending, verifier="x" * 64), answered(link))


def test_an_answer_counts_once(scene: Scene) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    answer = answered(link)
    desk.finish(pending, answer)
    with pytest.raises(SetupError):
        desk.finish(pending, answer)


def test_an_owner_may_say_no(scene: Scene) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    with pytest.raises(SetupError) as told:
        desk.finish(pending, answered(link, "deny"))
    assert "access_denied" in str(told.value)


def test_a_consent_for_another_channel_is_refused_with_both_names(scene: Scene) -> None:
    desk = asking(scene, "UCsomebodyelse")
    link, pending = desk.begin(HERE)
    with pytest.raises(SetupError) as told:
        desk.finish(pending, answered(link))
    for name in (CHANNEL, "Thư viện tỉnh Bình Thuận", "UCsomebodyelse"):
        assert name in str(told.value)


def test_a_consent_without_its_box_ticked_is_refused(scene: Scene) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    narrow = changed(link, scope="https://www.googleapis.com/auth/youtube.readonly")
    with pytest.raises(SetupError):
        desk.finish(pending, answered(narrow))


def test_a_program_that_the_platform_does_not_know_is_told_what_to_do(scene: Scene) -> None:
    link, pending = asking(scene).begin(HERE)
    stranger = replace(asking(scene), app=App(APP.id, "wrong"))
    with pytest.raises(SetupError) as told:
        stranger.finish(pending, answered(link))
    assert "invalid_client" in str(told.value)


def test_a_platform_in_trouble_is_away(scene: Scene) -> None:
    desk = asking(scene)
    link, pending = desk.begin(HERE)
    answer = answered(link)
    for do, more in (("silent", {}), ("answer", {"status": 503, "reason": "backendError"})):
        scene.mishap("token", do, **more)
        with pytest.raises(ChannelAwayError):
            desk.finish(pending, answer)
    assert desk.finish(pending, answer)


def written(path: Path, content: object, mode: int = 0o600) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("kind", ["installed", "web"])
def test_a_client_secret_is_read_as_the_console_hands_it_out(tmp_path: Path, kind: str) -> None:
    file = {"client_id": "id", "client_secret": "hush", "auth_uri": "https://a", "token_uri": "https://t"}
    assert client_secret.read(written(tmp_path / "secret.json", {kind: file})) == App("id", "hush")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_client_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path / "secret.json", {"web": {"client_id": "id", "client_secret": "hush"}}, mode)
    with pytest.raises(SetupError) as told:
        client_secret.read(path)
    assert f"chmod 600 {path}" in str(told.value)


@pytest.mark.parametrize("content", [[], {}, "hush", {"web": []}, {"installed": {"client_id": "hush"}}, {"web": None}])
def test_what_is_no_client_secret_is_not_quoted(tmp_path: Path, content: object) -> None:
    with pytest.raises(SetupError) as told:
        client_secret.read(written(tmp_path / "secret.json", content))
    assert "hush" not in str(told.value)
    assert told.value.__context__ is None
    with pytest.raises(SetupError):
        client_secret.read(tmp_path / "nothing")


def test_a_pending_consent_shows_no_secret() -> None:
    assert "hush" not in repr(Pending(HERE, "hush", "hush"))
