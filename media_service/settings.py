"""Settings, read from the environment once at the start and handed on as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from media_service.catalogue import LANGUAGES
from media_service.errors import SetupError
from media_service.messages import message

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and which tools are used."""

    home: Path
    """Folder whose `voices/`, `templates/` and `jobs/` win over the shipped ones."""
    output: Path
    """Where productions are made."""
    ffmpeg: Path | None
    """An ffmpeg to use in place of the bundled one."""
    language: str
    """Of messages: vi or en."""
    debug: bool = False
    """Whether a fault of the program shows where it happened."""

    def folders(self, name: str) -> tuple[Path, ...]:
        """Return the folders of that name, the one that wins first; the shipped one is always the last."""
        shipped = shipped_defaults() / name
        own = self.home / name
        return (own, shipped) if own.is_dir() and own.resolve() != shipped.resolve() else (shipped,)


def shipped_defaults() -> Path:
    """Return the folder that holds the shipped `voices/`, `templates/` and `jobs/`: the wheel's, or the checkout's."""
    packed = _PACKAGE / "defaults"
    return packed if packed.is_dir() else _PACKAGE.parent


def read(environ: Mapping[str, str], folder: Path) -> Settings:
    """Read the settings from an environment; `folder` is where the program was started.

    Raises SetupError naming the variable that is wrong.
    """
    home = _path(environ, "MEDIA_SERVICE_HOME") or folder
    ffmpeg = _path(environ, "MEDIA_SERVICE_FFMPEG")
    for variable, path, there in (
        ("MEDIA_SERVICE_HOME", home, home.is_dir()),
        ("MEDIA_SERVICE_FFMPEG", ffmpeg, ffmpeg is None or ffmpeg.is_file()),
    ):
        if not there:
            raise SetupError(
                message(
                    "{variable} names {path}, which is not there; correct or remove the variable.",
                    variable=variable,
                    path=path,
                )
            )
    return Settings(
        home=home,
        output=_path(environ, "MEDIA_SERVICE_OUTPUT") or home / "output",
        ffmpeg=ffmpeg,
        language=_language(environ),
        debug=bool(environ.get("MEDIA_SERVICE_DEBUG")),
    )


def _path(environ: Mapping[str, str], variable: str) -> Path | None:
    given = environ.get(variable, "")
    return Path(given).expanduser().absolute() if given else None


def _language(environ: Mapping[str, str]) -> str:
    """Vietnamese, unless the variable or the locale asks for English."""
    asked = environ.get("MEDIA_SERVICE_LANG", "")
    if asked and asked not in LANGUAGES:
        raise SetupError(message("MEDIA_SERVICE_LANG is “{asked}”; set it to vi or en.", asked=asked))
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return asked or ("en" if locale.startswith("en") else "vi")
