"""Steers the mock that `zapsign-mock run` has started."""

import json
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

CONTROL_URL = os.environ["ZAPSIGN_CONTROL_URL"] + "/__zapsign/"


def control(method, path, body=None):
    """Calls the control API. Raises for an error, with the sentence that explains it."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    request = Request(CONTROL_URL + path, data, headers, method=method)
    try:
        with urlopen(request, timeout=10) as response:
            return json.loads(response.read() or "null")
    except HTTPError as error:
        raise RuntimeError(json.loads(error.read())["detail"]) from None


def reset():
    control("POST", "reset", {})


def advance(duration):
    control("POST", "time/advance", {"by": duration})


def set_time(date):
    control("PUT", "time", {"now": date})


def force(outcome, **settings):
    control("POST", "outcomes", {"outcome": outcome, **settings})


def count(query=""):
    return control("GET", f"requests/count?{query}")["count"]
