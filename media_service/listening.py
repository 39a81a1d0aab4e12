"""Takes an address of this machine to serve on, for whatever is served: the studio, the sandbox channel, health."""

from __future__ import annotations

import socket

from media_service.errors import SetupError
from media_service.messages import message


def listen(address: str, setting: str) -> socket.socket:
    """Return a listening socket on `host:port` (port 0: any that is free).

    Raises SetupError where that is no address, or cannot be had: it names the setting that chose the address.
    """
    place = parted(address, setting)
    try:
        return socket.create_server(place, family=_family(place[0]), backlog=512)
    except OSError as fault:
        raise not_to_be_had(address, setting, fault) from fault


def parted(address: str, setting: str) -> tuple[str, int]:
    """Return host and port of an address; raises SetupError, which names its setting, where it is none."""
    host, _, port = address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise SetupError(
            message("“{given}” in {setting} is no address; write it as 127.0.0.1:9760.", given=address, setting=setting)
        )
    return host, int(port)


def not_to_be_had(address: str, setting: str, fault: OSError) -> SetupError:
    """Return what is said of an address on which nothing can be served."""
    said = message(
        "Nothing can be served on {listen} ({reason}); set {setting} to another address.",
        listen=address,
        setting=setting,
        reason=(fault.strerror or type(fault).__name__).partition(" (while")[0],
    )
    return SetupError(said)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address(listening: socket.socket) -> str:
    """Return under which URL a socket is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
