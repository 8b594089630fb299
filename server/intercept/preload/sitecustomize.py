"""Sends the connections of a Python process to the documented hosts to the mock.

It covers clients that read no proxy variables, such as aiohttp. `zapsign-mock run --intercept` puts a
copy of this file first on PYTHONPATH. It works in Python 2.7 and 3.
"""

import os
import sys


def _intercept():
    port = int(os.environ.get("ZAPSIGN_INTERCEPT_PORT") or 0)
    hosts = os.environ.get("ZAPSIGN_INTERCEPT_HOSTS", "").split(",")
    if not port:
        return
    import socket

    original = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if name is not None and name.lower().rstrip(".") in hosts:
            address = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))
            return [address]
        return original(host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo


def _next_sitecustomize():
    """Loads the sitecustomize that this one hides."""
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != folder]
    this = sys.modules.pop("sitecustomize")
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        # Python expects to find a module under the name that it has just loaded.
        sys.modules["sitecustomize"] = this


_intercept()
_next_sitecustomize()
