# `python3 client.py requests`: the scenario of scenario.mjs with one HTTP client.
import asyncio
import json
import sys
import urllib.error
import urllib.request

HOST = "https://api.zapsign.com.br"


def over_urllib(method, url, headers, body):
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def over_requests(method, url, headers, body):
    import requests

    response = requests.request(method, url, headers=headers, data=body)
    return response.status_code, response.content


def over_httpx(method, url, headers, body):
    import httpx

    response = httpx.request(method, url, headers=headers, content=body)
    return response.status_code, response.content


def over_httpx_async(method, url, headers, body):
    import httpx

    async def send():
        async with httpx.AsyncClient() as client:
            response = await client.request(method, url, headers=headers, content=body)
            return response.status_code, response.content

    return asyncio.run(send())


def over_aiohttp(method, url, headers, body):
    import aiohttp

    async def send():
        async with aiohttp.ClientSession() as session:
            async with session.request(method, url, headers=headers, data=body) as response:
                return response.status, await response.read()

    return asyncio.run(send())


def over_requests_without_environment(method, url, headers, body):
    import requests

    session = requests.Session()
    session.trust_env = False
    response = session.request(method, url, headers=headers, data=body)
    return response.status_code, response.content


CLIENTS = {
    "urllib": over_urllib,
    "requests": over_requests,
    "requests, trust_env=False": over_requests_without_environment,
    "httpx": over_httpx,
    "httpx, asyncio": over_httpx_async,
    "aiohttp": over_aiohttp,
}

statuses = []


def call(method, path, headers, body=None):
    data = None if body is None else json.dumps(body).encode()
    status, text = CLIENTS[sys.argv[1]](method, HOST + path, headers, data)
    statuses.append(str(status))
    return text


JSON = {"Content-Type": "application/json"}


def login(password):
    body = {"username": "dev@example.com.br", "password": password}
    return call("POST", "/api/v1/auth/token/11111/", JSON, body)


tokens = json.loads(login("StrongPassword123"))
bearer = {"Authorization": "Bearer " + tokens["access"]}
call("POST", "/api/v1/auth/token-refresh/", JSON, {"refresh": tokens["refresh"]})
call("GET", "/api/v1/docs/?page=1", bearer)
call("POST", "/api/v1/docs/", dict(bearer, **JSON), {"name": "Contract"})
for _ in range(5):
    login("WrongPassword123")
login("StrongPassword123")
print(" ".join(statuses))
