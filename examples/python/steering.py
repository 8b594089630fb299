"""Steers the mock from Python, with the standard library only.

    zapsign-mock run -- python3 steering.py
"""

import json
import os
import urllib.error
import urllib.request

API = os.environ["ZAPSIGN_API_URL"]
CONTROL = os.environ["ZAPSIGN_CONTROL_URL"] + "/__zapsign"


def send(method, url, body=None, headers=None):
    """The status and the JSON of a reply."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json", **(headers or {})}
    request = urllib.request.Request(url, method=method, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.loads(response.read() or "null")
    except urllib.error.HTTPError as error:
        text = error.read()
        is_json = "json" in error.headers.get("content-type", "")
        return error.code, json.loads(text) if is_json else None


def control(method, path, body=None):
    """Calls the control API. Raises for an error, with the sentence that explains it."""
    status, reply = send(method, f"{CONTROL}/{path}", body)
    if status >= 400:
        raise RuntimeError(reply["detail"])
    return reply


def sign_in():
    organization = os.environ["ZAPSIGN_ORGANIZATION_ID"]
    credentials = {
        "username": os.environ["ZAPSIGN_USERNAME"],
        "password": os.environ["ZAPSIGN_PASSWORD"],
    }
    return send("POST", f"{API}/auth/token/{organization}/", credentials)


def list_documents(access):
    status, _ = send("GET", f"{API}/docs/", headers={"authorization": f"Bearer {access}"})
    return status


def test_a_token_expires_after_an_hour():
    _, tokens = sign_in()
    assert list_documents(tokens["access"]) == 200
    control("POST", "time/advance", {"by": "1h"})
    assert list_documents(tokens["access"]) == 401


def test_an_outage_is_over_after_two_logins():
    control("POST", "outcomes", {"outcome": "serviceUnavailable", "times": 2})
    assert [sign_in()[0] for _ in range(3)] == [503, 503, 200]


def test_requests_are_counted():
    sign_in()
    assert control("GET", "requests/count?outcome=authenticated")["count"] == 1


# With pytest, a fixture does this: @pytest.fixture(autouse=True)
def fresh_mock():
    control("POST", "reset", {})


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            fresh_mock()
            test()
            print("ok", name)
