"""Sends requests. Repeats those that failed for a moment, and waits longer each time."""

import json
import random
import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import NamedTuple, Optional
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .errors import Unavailable, UnexpectedReply

ATTEMPTS = 4
TIMEOUT = 10
FIRST_WAIT = 0.25
# A server that asks for a longer wait than this is not worth waiting for.
LONGEST_WAIT = 30
# The server refused the request before it did anything.
NOT_DONE = (429, 503)
# A proxy does not know what the server did.
PERHAPS_DONE = (502, 504)


class Reply(NamedTuple):
    status: int
    body: dict
    # ZapSign's time, where the reply has a date.
    date: Optional[datetime] = None


class NoRedirects(HTTPRedirectHandler):
    """A redirect would turn the POST of a path without its slash into a GET."""

    def redirect_request(self, *_):
        return None


class Transport:
    def __init__(self, api_url, sleep=time.sleep, jitter=random.random):
        self._api_url = api_url
        self._sleep = sleep
        self._jitter = jitter
        self._opener = build_opener(NoRedirects)

    def send(self, method, path, body=None, access=None, is_repeatable=None):
        """Repeats a POST after a broken connection only if the caller says that it does no harm."""
        if is_repeatable is None:
            is_repeatable = method != "POST"
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            wait = self._jitter() * FIRST_WAIT * 2**attempt
            try:
                status, headers, text = self._send_once(method, path, body, access)
            except (OSError, HTTPException) as error:
                if is_last or not is_repeatable:
                    raise Unavailable("ZapSign cannot be reached") from error
            else:
                if status not in NOT_DONE and not (is_repeatable and status in PERHAPS_DONE):
                    return Reply(status, parse(status, headers, text), date_of(headers, "date"))
                asked = retry_after(headers)
                wait = wait if asked is None else asked
                if is_last or wait > LONGEST_WAIT:
                    raise Unavailable(f"ZapSign answered with {status}")
            self._sleep(wait)

    def _send_once(self, method, path, body, access):
        request = Request(self._api_url + path, method=method)
        request.add_header("Accept", "application/json")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if access is not None:
            request.add_header("Authorization", f"Bearer {access}")
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                return response.status, response.headers, response.read()
        except HTTPError as error:
            with error:
                return error.code, error.headers, error.read()


def retry_after(headers):
    """Seconds: the header is a number of seconds, or a date by the server's clock."""
    value = headers.get("retry-after", "")
    if value.isdigit():
        return int(value)
    until = date_of(headers, "retry-after")
    if until is None:
        return None
    now = date_of(headers, "date") or datetime.now(timezone.utc)
    return max(0, (until - now).total_seconds())


def date_of(headers, name):
    try:
        return parsedate_to_datetime(headers.get(name, ""))
    except (TypeError, ValueError):
        return None


def parse(status, headers, text):
    if headers.get_content_type() != "application/json":
        return {}
    try:
        body = json.loads(text or b"{}")
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    # The text may hold tokens: no error repeats it.
    raise UnexpectedReply(f"ZapSign answered with {status} and a body that is not a JSON object")
