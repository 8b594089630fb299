"""ZapSign's endpoints, one request each. It keeps nothing."""

import base64
import json
from datetime import datetime, timezone
from typing import NamedTuple
from urllib.parse import quote

from .errors import InvalidCredentials, RateLimited, TokenExpired, UnexpectedReply


class Tokens(NamedTuple):
    access: str
    refresh: str
    # Seconds that the access token works.
    lifetime: float


class Api:
    def __init__(self, transport):
        self._transport = transport

    def obtain_token(self, organization_id, username, password):
        path = f"/auth/token/{quote(organization_id, safe='')}/"
        reply = self._post(path, {"username": username, "password": password})
        if reply.status == 200:
            return tokens_of(reply, token_of(reply, "refresh"))
        if reply.status == 401:
            raise InvalidCredentials("The user name or the password is wrong")
        # A request with a mistake is a 400, too.
        if reply.status == 400 and reply.body.get("message") == "Rate limit exceeded":
            raise RateLimited("Too many logins have failed")
        raise UnexpectedReply(f"ZapSign answered the login with {reply.status}")

    def refresh(self, refresh_token):
        """A new access token, with the same refresh token. Raises TokenExpired."""
        reply = self._post("/auth/token-refresh/", {"refresh": refresh_token})
        if reply.status == 200:
            return tokens_of(reply, refresh_token)
        if reply.status == 401:
            raise TokenExpired("The refresh token no longer works")
        raise UnexpectedReply(f"ZapSign answered the refresh with {reply.status}")

    def call(self, access, method, path, body=None):
        """Returns any reply but that to an expired access token. Raises TokenExpired."""
        reply = self._transport.send(method, path, body, access)
        # ZapSign's pages show 401 and 403 for an expired token. The code tells it from other refusals.
        if reply.status == 401 or reply.body.get("code") == "token_not_valid":
            raise TokenExpired("The access token no longer works")
        return reply

    def _post(self, path, body):
        # Both requests that get a token only get another one when they are repeated.
        return self._transport.send("POST", path, body, is_repeatable=True)


def tokens_of(reply, refresh):
    """The lifetime is the time from the reply's date to the token's `exp`: both are ZapSign's time,
    so a wrong clock on this machine does not matter."""
    access = token_of(reply, "access")
    now = reply.date or datetime.now(timezone.utc)
    return Tokens(access, refresh, expiry_of(access) - now.timestamp())


def token_of(reply, name):
    token = reply.body.get(name)
    if isinstance(token, str) and token.count(".") == 2:
        return token
    raise UnexpectedReply(f"ZapSign sent no {name} token")


def expiry_of(token):
    """The `exp` claim. Only ZapSign has the key, so a client does not check the signature."""
    payload = token.split(".")[1]
    try:
        return int(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"])
    except (ValueError, KeyError, TypeError):
        raise UnexpectedReply("ZapSign sent a token without an expiry") from None
