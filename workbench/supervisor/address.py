"""The address that the web server answers at, held by the supervisor.

The listening socket outlives the web server: while that is started again, browsers wait for an
answer instead of being refused, and nobody else can take the port.
"""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.supervisor.refusals import CannotStart

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


class PortInUse(CannotStart):
    """Another program listens there."""


@contextmanager
def listening(host: str, port: int, *, patience: float = 0.0) -> Iterator[socket.socket]:
    """A socket that takes connections; `patience` in seconds for a port that is in use."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CannotStart(f"HOST={host} is no address of this machine: {error.strerror}") from error
    until = time.monotonic() + patience
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(place)
                listener.listen(1024)
            except (OSError, OverflowError) as error:
                refusal = _refusal(error, host, port)
                if not isinstance(refusal, PortInUse) or time.monotonic() > until:
                    raise refusal from error
            else:
                yield listener
                return
        time.sleep(0.2)


def _refusal(error: OSError | OverflowError, host: str, port: int) -> CannotStart:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return PortInUse(
            f"Port {port} is in use by another program. Choose another one: "
            f"make run PORT={port + 1 if port < 65535 else 8000}"
        )
    if number == errno.EACCES:
        return CannotStart(f"Port {port} is reserved for root. Choose one above 1023.")
    if number == errno.EADDRNOTAVAIL:
        return CannotStart(f"HOST={host} is no address of this machine.")
    return CannotStart(f"Cannot listen on {host}, port {port}: {error}")


def url(host: str, port: int) -> str:
    """
    >>> url("0.0.0.0", 8000), url("::1", 80)
    ('http://127.0.0.1:8000', 'http://[::1]:80')
    """
    name = reachable(host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def allowed_hosts(host: str) -> str:
    """The names that a browser may ask for, separated by commas."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in _EVERYWHERE:
        names += [socket.gethostname(), socket.getfqdn(), *_own_addresses()]
    else:
        names.append(f"[{host}]" if ":" in host else host)
    return ",".join(dict.fromkeys(names))


def _own_addresses() -> list[str]:
    """The address by which this machine reaches others. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [str(probe.getsockname()[0])]


def reachable(host: str) -> str:
    """An address to reach ourselves at.

    >>> reachable("0.0.0.0"), reachable("::1")
    ('127.0.0.1', '::1')
    """
    return _EVERYWHERE.get(host, host)
