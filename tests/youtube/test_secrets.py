"""No secret is ever said: not in the log at its most talkative, not in an exception or its causes, not in any repr."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from media_service.channels import Consent
from media_service.errors import MediaServiceError
from media_service.youtube.client import Carried
from media_service.youtube.connecting import connect
from media_service.youtube.consent import Asking, Pending
from media_service.youtube.transport import Access, App
from tests.youtube.scene import APP, DETAILS, Scene, ignore
from tests.youtube.test_consent import HERE, answered

pytestmark = pytest.mark.enable_socket


PLANTED = secrets.token_urlsafe(32)


class Ear(logging.Handler):
    """Hears everything that is logged anywhere."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.name} {record.getMessage()} {record.__dict__}")


@pytest.fixture
def ear() -> Iterator[Ear]:
    """The root logger and those of the libraries, all at their most talkative."""
    one, root = Ear(), logging.getLogger()
    before = root.level
    root.addHandler(one)
    root.setLevel(logging.DEBUG)
    for name in ("urllib3", "google", "googleapiclient", "requests", "media_service"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield one
    root.removeHandler(one)
    root.setLevel(before)


def told(doing: Callable[[], object]) -> tuple[MediaServiceError, str]:
    """Return the fault that something ends in, and all that can be read off it and what led to it."""
    with pytest.raises(MediaServiceError) as caught:
        doing()
    fault: BaseException | None = caught.value
    text = "".join(traceback.format_exception(caught.value))
    while fault is not None:
        text += f"{fault!r} {fault} {fault.args} {vars(fault)}"
        fault = fault.__cause__ or fault.__context__
    return caught.value, text


MISHAPS = (
    {"do": "silent"},
    {"do": "lose"},
    {"do": "cut", "after": 10},
    {"do": "answer", "status": 503, "reason": "backendError"},
    {"do": "answer", "status": 400, "reason": "invalidTitle"},
    {"do": "answer", "status": 401, "reason": "authError", "times": 9},
    {"do": "answer", "status": 403, "reason": "quotaExceeded"},
    {"do": "expire"},
)


@pytest.mark.parametrize("mishap", MISHAPS, ids=lambda mishap: f"{mishap['do']} {mishap.get('status', '')}")
def test_sending_says_no_secret(
    scene: Scene, ear: Ear, capfd: pytest.CaptureFixture[str], mishap: dict[str, object]
) -> None:
    access = scene.access()
    path, file = scene.film(1000)
    channel = scene.channel(access)
    session = channel.uploads.open_session(DETAILS, file)
    (upload_id,) = parse_qs(urlsplit(session).query)["upload_id"]
    scene.mishap("videos.insert:bytes", **mishap)  # type: ignore[arg-type]
    _, said = told(lambda: channel.uploads.send(session, file, path, 0, ignore))
    token = channel.uploads._client._own.transport._credentials.token  # type: ignore[attr-defined]
    assert len(token) > 30
    written = said + "".join(ear.heard) + "".join(capfd.readouterr()) + repr(channel) + repr(access)
    for secret in (upload_id, access.refresh_token, token):
        assert secret not in written


def test_a_channel_that_is_away_says_no_secret(scene: Scene, ear: Ear) -> None:
    access = scene.access()
    path, file = scene.film(1000)
    uploads = scene.channel(access).uploads
    session = uploads.open_session(DETAILS, file)
    (upload_id,) = parse_qs(urlsplit(session).query)["upload_id"]
    scene.running.kill()
    try:
        _, said = told(lambda: uploads.send(session, file, path, 0, ignore))
        _, more = told(lambda: scene.channel(access).uploads.ask(session, file))
    finally:
        scene.running.start()
    for secret in (upload_id, access.refresh_token):
        assert secret not in said + more + "".join(ear.heard)


def test_consent_says_no_secret(scene: Scene, ear: Ear, capfd: pytest.CaptureFixture[str]) -> None:
    asking = Asking(scene.place, APP, "", scene.calls.append)
    link, pending = asking.begin(HERE)
    answer = answered(link)
    ear.heard.clear()  # the browser's own log
    (code,) = parse_qs(urlsplit(answer).query)["code"]
    said = ""
    for do, more in (("silent", {}), ("lose", {}), ("answer", {"status": 503, "reason": "backendError"})):
        scene.mishap("token", do, **more)
        said += told(lambda: asking.finish(pending, answer))[1]
    said += told(lambda: asking.finish(pending, answer))[1]  # where the answer was lost the code had been taken
    said += told(lambda: replace(asking, app=App(APP.id, PLANTED)).finish(pending, answer))[1]
    link, pending = asking.begin(HERE)
    answer = answered(link)
    ear.heard.clear()
    consent = asking.finish(pending, answer)
    said += repr(consent) + repr(pending) + repr(asking) + str(consent)
    for secret in (code, pending.verifier, consent.refresh_token, PLANTED):
        assert secret not in said + "".join(ear.heard) + "".join(capfd.readouterr())


def test_a_token_that_is_refused_says_no_secret(scene: Scene, ear: Ear) -> None:
    access = scene.access()
    _, said = told(scene.channel(replace(access, app=App(APP.id, PLANTED))).identity.whoami)
    scene.ask("consent", {"revoke": access.refresh_token})
    ear.heard.clear()
    said += told(scene.channel(access).identity.whoami)[1]
    for secret in (access.refresh_token, PLANTED):
        assert secret not in said + "".join(ear.heard)


def test_whatever_holds_a_secret_hides_it(scene: Scene) -> None:
    app = App("id", "planted")
    access = Access(scene.place, app, "planted")
    consent = Consent("UC", "Thư viện", "planted", datetime.now(UTC))
    carried = Carried("planted", "PUT", b"planted", {})
    for one in (app, access, consent, carried, Pending(HERE, "planted", "planted"), connect(access, print)):
        assert "planted" not in f"{one!r} {one}"


def test_nothing_goes_by_a_proxy_that_happens_to_be_named(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    access = scene.access()
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("GOOGLE_API_USE_MTLS_ENDPOINT", "always")
    monkeypatch.setenv("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "example.org")
    assert scene.channel(access).identity.whoami()
