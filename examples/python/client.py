"""Signs in to ZapSign with the standard library alone, and proves that it keeps the contract."""

import json
import os
import sys
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen


class InvalidCredentials(Exception):
    """The user name or the password is wrong."""


class RateLimited(Exception):
    """Too many logins have failed: trying again at once makes it worse."""


class TokenExpired(Exception):
    """The token is no longer accepted: refresh it, or sign in again."""


class ZapSign:
    def __init__(self, api_url):
        self.api_url = api_url

    def obtain_token(self, organization_id, username, password):
        """Returns the access and the refresh token."""
        path = f"/auth/token/{quote(organization_id, safe='')}/"
        status, body = self._send("POST", path, {"username": username, "password": password})
        if status == 200:
            return body["access"], body["refresh"]
        if status == 401:
            raise InvalidCredentials
        if status == 400 and body.get("message") == "Rate limit exceeded":
            raise RateLimited
        raise RuntimeError(f"ZapSign answered the login with {status}")

    def refresh(self, refresh_token):
        """Returns a new access token."""
        status, body = self._send("POST", "/auth/token-refresh/", {"refresh": refresh_token})
        if status == 200:
            return body["access"]
        if status == 401:
            raise TokenExpired
        raise RuntimeError(f"ZapSign answered the refresh with {status}")

    def documents(self, access_token):
        """Returns the first page of documents."""
        headers = {"Authorization": f"Bearer {access_token}"}
        status, body = self._send("GET", "/docs/?page=1", headers=headers)
        if status == 200:
            return body["results"]
        if status in (401, 403):
            raise TokenExpired
        raise RuntimeError(f"ZapSign answered with {status}")

    def _send(self, method, path, body=None, headers=None):
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.api_url + path, data, dict(headers or {}), method=method)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with urlopen(request, timeout=10) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            text = error.read()
            is_json = error.headers.get_content_type() == "application/json"
            return error.code, json.loads(text) if is_json and text else {}


def main():
    """Exercises every promise with what `zapsign-mock contract` puts into the environment."""
    env = {name[8:]: value for name, value in os.environ.items() if name.startswith("ZAPSIGN_")}
    zapsign = ZapSign(env["API_URL"])
    organization, username, password = env["ORGANIZATION_ID"], env["USERNAME"], env["PASSWORD"]

    def outcome(call, *arguments):
        try:
            return call(*arguments)
        except (InvalidCredentials, RateLimited, TokenExpired) as error:
            return type(error)

    access, refresh = zapsign.obtain_token(organization, username, password)
    wrong = (organization, username, env["WRONG_PASSWORD"])
    blocked = (organization, env["BLOCKED_USERNAME"], password)
    checks = {
        "authenticated": access.count(".") == 2 and refresh.count(".") == 2,
        "invalidCredentials": outcome(zapsign.obtain_token, *wrong) is InvalidCredentials,
        "rateLimited": outcome(zapsign.obtain_token, *blocked) is RateLimited,
        "refreshed": zapsign.refresh(env["REFRESH_TOKEN"]).count(".") == 2,
        "refreshRefused": outcome(zapsign.refresh, env["EXPIRED_REFRESH_TOKEN"]) is TokenExpired,
        "authorized": zapsign.documents(env["ACCESS_TOKEN"]) == [],
        "expired": outcome(zapsign.documents, env["EXPIRED_ACCESS_TOKEN"]) is TokenExpired,
    }
    for name, is_understood in checks.items():
        print(f"{'ok' if is_understood else 'NOT OK'} {name}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
