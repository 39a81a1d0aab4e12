"""Hosts of a small network on one machine, by Linux network namespaces: each has its own address and can be cut off.

Needs root and iproute2.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

NET = "10.231.7"


@dataclass(frozen=True)
class Host:
    """One namespace; `number` is the last figure of its address."""

    name: str
    number: int

    @property
    def address(self) -> str:
        """Its IPv4 address."""
        return f"{NET}.{self.number}"

    def command(self, *arguments: object) -> list[str]:
        """Return a command line that runs in this host."""
        return ["ip", "netns", "exec", self.name, *map(str, arguments)]

    def cut_off(self) -> None:
        """Take its cable out."""
        ip("-n", self.name, "link", "set", "eth0", "down")

    def join(self) -> None:
        """Put its cable in."""
        ip("-n", self.name, "link", "set", "eth0", "up")


@contextmanager
def network(count: int) -> Iterator[Sequence[Host]]:
    """Yield `count` hosts that reach each other; the first is meant for the servers."""
    tag = f"ms{os.getpid() % 10_000}"
    switch = f"{tag}sw"
    hosts = [Host(f"{tag}h{number}", number + 1) for number in range(count)]
    try:
        ip("netns", "add", switch)
        ip("-n", switch, "link", "add", "br0", "type", "bridge")
        ip("-n", switch, "link", "set", "br0", "up")
        for host in hosts:
            _plug(host, switch)
        yield hosts
    finally:
        for name in (*[host.name for host in hosts], switch):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)  # noqa: S607  # iproute2


def _plug(host: Host, switch: str) -> None:
    ip("netns", "add", host.name)
    port = f"p{host.number}"
    ip("-n", switch, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host.name)
    ip("-n", switch, "link", "set", port, "master", "br0", "up")
    ip("-n", host.name, "address", "add", f"{host.address}/24", "dev", "eth0")
    for device in ("lo", "eth0"):
        ip("-n", host.name, "link", "set", device, "up")


def ip(*arguments: str) -> None:
    """Run `ip`."""
    subprocess.run(["ip", *arguments], check=True)  # noqa: S607  # iproute2, wherever it lies
