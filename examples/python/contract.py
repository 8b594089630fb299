"""Sends each request of the contract once, and checks how the client understands the replies.

    zapsign-mock contract --consumer python --promises all -- python3 contract.py
"""

import os
import sys

from zapsign.api import Api
from zapsign.errors import InvalidCredentials, RateLimited, TokenExpired
from zapsign.transport import Transport


def outcome(call, *arguments):
    """The error that tells a caller what to do, or that the call succeeded."""
    try:
        call(*arguments)
    except (InvalidCredentials, RateLimited, TokenExpired) as error:
        return type(error).__name__
    return "success"


def main():
    env = {name[8:]: value for name, value in os.environ.items() if name.startswith("ZAPSIGN_")}
    api = Api(Transport(env["API_URL"]))

    def login(username, password):
        return outcome(api.obtain_token, env["ORGANIZATION_ID"], env[username], env[password])

    def list_documents(access):
        return outcome(api.call, env[access], "GET", "/docs/?page=1")

    understood = {
        "authenticated": login("USERNAME", "PASSWORD") == "success",
        "invalidCredentials": login("USERNAME", "WRONG_PASSWORD") == "InvalidCredentials",
        "rateLimited": login("BLOCKED_USERNAME", "PASSWORD") == "RateLimited",
        "refreshed": outcome(api.refresh, env["REFRESH_TOKEN"]) == "success",
        "refreshRefused": outcome(api.refresh, env["EXPIRED_REFRESH_TOKEN"]) == "TokenExpired",
        "authorized": list_documents("ACCESS_TOKEN") == "success",
        "expired": list_documents("EXPIRED_ACCESS_TOKEN") == "TokenExpired",
    }
    for name, is_understood in understood.items():
        print("ok" if is_understood else "NOT OK", name)
    return 0 if all(understood.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
