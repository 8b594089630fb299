"""A user who is signed in: signs in, refreshes and repeats a call when it has to. Any thread may use it."""

import time
from concurrent.futures import Future
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlsplit

from .api import Tokens
from .errors import InvalidCredentials, RateLimited, TokenExpired, UnexpectedReply

# Seconds. A token must still work when the request arrives.
MARGIN = 30
# The pause after a login was refused because there were too many. No other login is sent in it.
COOL_DOWN = 60


class Held(NamedTuple):
    tokens: Tokens
    renew_at: float


class Session:
    def __init__(self, api, organization_id, username, password, now=time.monotonic):
        self._api = api
        self._credentials = (organization_id, username, password)
        self._now = now
        self._lock = Lock()
        self._held = None
        self._renewal = None
        self._refusal = None

    def request(self, method, path, body=None):
        access = self.access_token()
        try:
            return self._api.call(access, method, path, body)
        except TokenExpired:
            self._expire(access)
        try:
            return self._api.call(self.access_token(), method, path, body)
        except TokenExpired as error:
            raise UnexpectedReply("ZapSign does not accept a token that it has just sent") from error

    def documents(self):
        """All documents, page by page."""
        path = "/docs/?page=1"
        while path:
            reply = self.request("GET", path)
            results, following = reply.body.get("results"), reply.body.get("next")
            if reply.status != 200 or not isinstance(results, list):
                raise UnexpectedReply(f"ZapSign answered the list with {reply.status}")
            yield from results
            # The link is http, and perhaps on another host: an access token must not go there.
            path = following and f"/docs/?{urlsplit(following).query}"

    def access_token(self):
        """Threads that need a new token at the same time wait for one request."""
        with self._lock:
            if self._held and self._now() < self._held.renew_at:
                return self._held.tokens.access
            renewal = self._renewal
            is_first = renewal is None
            if is_first:
                renewal = self._renewal = Future()
        if is_first:
            self._renew(renewal)
        return renewal.result()

    def _renew(self, renewal):
        held, error = None, None
        try:
            tokens = self._obtain()
            margin = min(MARGIN, tokens.lifetime / 10)
            held = Held(tokens, self._now() + tokens.lifetime - margin)
        except BaseException as raised:
            error = raised
        with self._lock:
            self._held, self._renewal = held or self._held, None
        renewal.set_exception(error) if error else renewal.set_result(held.tokens.access)

    def _obtain(self):
        if self._held:
            try:
                return self._api.refresh(self._held.tokens.refresh)
            except TokenExpired:
                self._held = None
        if self._refusal and self._now() < self._refusal[1]:
            raise self._refusal[0]
        try:
            return self._api.obtain_token(*self._credentials)
        except InvalidCredentials as error:
            # The same password stays wrong. A login for each call would lock the account.
            self._refusal = (error, float("inf"))
            raise
        except RateLimited as error:
            self._refusal = (error, self._now() + COOL_DOWN)
            raise

    def _expire(self, access):
        """Another thread may have renewed the token while a call was on its way."""
        with self._lock:
            if self._held and self._held.tokens.access == access:
                self._held = self._held._replace(renew_at=0)
