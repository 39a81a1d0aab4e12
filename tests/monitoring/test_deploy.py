"""What is installed beside the program is true of the program: alerts, dashboard, containers, units."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from media_service import settings
from media_service.domain.stage import Queue
from media_service.monitoring.health import Reason
from media_service.monitoring.metrics import registry
from media_service.queue.external import ACL
from tests.monitoring.watching import Scene

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
ENVIRONMENT = ROOT / "deploy" / "systemd" / "environment"
BUILT_IN = {"up"}
"""Figures that Prometheus makes itself."""
LABELS = {"job", "instance"}
"""Labels that Prometheus adds."""
WORDS = {"and", "on", "by", "without", "group_left"}
FUNCTIONS = {"max", "min", "sum", "rate", "increase", "predict_linear"}

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
ALERTS = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy/grafana/media-service.json").read_text(encoding="utf-8"))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in ALERTS)
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"])


@pytest.fixture
def told(scene: Scene) -> dict[str, set[str]]:
    """Every figure and its labels, as a scrape of a busy service shows them."""
    text = generate_latest(registry(scene.watch())).decode()
    families = text_string_to_metric_families(text)
    return {sample.name: set(sample.labels) for family in families for sample in family.samples}


@pytest.mark.parametrize("expression", list(expressions()))
def test_alerts_and_panels_ask_for_figures_that_there_are(expression: str, told: dict[str, set[str]]) -> None:
    words = set(re.findall(r"[a-z_]{2,}", re.sub(r'"[^"]*"|\d+\w*', "", expression)))
    figures = {word for word in words if word in told or word in BUILT_IN}
    labels = {label for figure in figures for label in told.get(figure, ())} | LABELS
    assert figures
    assert words - figures - labels - WORDS - FUNCTIONS == set()


def test_every_figure_of_the_service_is_watched_by_somebody(told: dict[str, set[str]]) -> None:
    asked = " ".join(expressions())
    ours = {name for name in told if name.startswith("media_service_")}
    assert {name for name in ours if name not in asked} == set()


def test_every_alert_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `(MediaService\w+)`", OPERATIONS, re.MULTILINE)
    assert explained == [rule["alert"] for rule in ALERTS]
    assert all(rule["annotations"]["summary"] and rule["labels"]["severity"] for rule in ALERTS)


def test_every_figure_and_every_reason_is_explained(told: dict[str, set[str]]) -> None:
    for name in told:
        if name.startswith("media_service_"):
            assert re.sub("_(sum|count)$", "", name) in OPERATIONS, name
    assert set(re.findall(r"^\| `([a-z]+-[a-z]+)", OPERATIONS, re.MULTILINE)) >= {str(reason) for reason in Reason}


def test_panels_lie_beside_each_other() -> None:
    taken = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24


@pytest.mark.parametrize("service", list(COMPOSE["services"].values()), ids=list(COMPOSE["services"]))
def test_a_container_can_do_no_more_than_it_must(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert "inside" in service["networks"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_only_who_must_be_asked_from_outside_has_a_way_out() -> None:
    outside = {name for name, service in COMPOSE["services"].items() if "outside" in service["networks"]}
    assert outside == {"service", "publisher"}
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_no_secret_stands_in_what_is_kept_with_the_code() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"://\w+:\w+@|requirepass|PASSWORD:|MEDIA_SERVICE_(DATABASE|REDIS):", text)
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "deploy" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_every_queue_with_work_has_a_container_that_serves_it() -> None:
    commands = [service["command"] for service in COMPOSE["services"].values() if "build" in service]
    served = {queue for command in commands for queue in command[command.index("--queues") + 1].split(",")}
    assert served == {queue.value for queue in Queue}


def test_variables_that_are_set_are_variables_that_are_read() -> None:
    read = set(re.findall(r'"(MEDIA_SERVICE_[A-Z_]+)"', Path(settings.__file__).read_text(encoding="utf-8")))
    for path in (ROOT / "compose.yaml", ROOT / "Dockerfile", ROOT / "deploy" / "make-secrets", ENVIRONMENT, *UNITS):
        named = set(re.findall(r"\b(MEDIA_SERVICE_[A-Z_]+)[=:]", path.read_text(encoding="utf-8")))
        assert named <= read, path.name


def test_the_image_is_built_of_files_that_there_are() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
        assert name.split("/")[0] not in ignored, name


def test_the_image_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (\w+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE) == ["librarian"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_stops_gently_and_is_shut_in(path: Path) -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    service = unit["Service"]
    expected = {
        "Type": "exec",
        "KillMode": "mixed",
        "TimeoutStopSec": "15",
        "Restart": "always",
        "OOMPolicy": "continue",
        "ProtectSystem": "strict",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "User": "media-service",
    }
    assert {key: service[key] for key in expected} == expected
    assert service["ExecStart"].startswith("/opt/media-service/bin/media-service ")
    assert "MemoryMax" in service


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "deploy" / "make-secrets", tmp_path)
    subprocess.run([tmp_path / "make-secrets"], check=True)
    return tmp_path / "secrets"


def test_made_secrets_are_new_each_time_and_shut_to_others(secrets: Path) -> None:
    assert secrets.stat().st_mode & 0o777 == 0o700
    assert (secrets / "service.env").stat().st_mode & 0o777 == 0o600
    password = (secrets / "postgres-password").read_text()
    assert re.fullmatch(r"[0-9a-f]{48}", password)
    assert password in (secrets / "service.env").read_text()
    assert password not in (secrets / "redis-acl").read_text()


def test_secrets_are_never_made_over(secrets: Path) -> None:
    before = (secrets / "service.env").read_text()
    again = subprocess.run([secrets.parent / "make-secrets"], capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "remove it" in again.stderr
    assert (secrets / "service.env").read_text() == before


def test_the_queues_user_may_do_what_the_queue_needs_and_no_more(secrets: Path) -> None:
    line = next(line for line in (secrets / "redis-acl").read_text().splitlines() if "user media-service" in line)
    password = re.search(r">([0-9a-f]{48}) ", line)
    assert password
    assert line == ACL.replace("PASSWORD", password[1])


def test_administrators_are_told_the_same_line_for_redis() -> None:
    assert ACL in (ROOT / "docs" / "scale.md").read_text(encoding="utf-8").splitlines()
