"""A client of ZapSign. It needs only the standard library."""

import os

from .api import Api
from .session import Session
from .transport import Transport


def session_from_environment():
    """A session with the settings of the environment: no secret is in the code."""
    return Session(
        Api(Transport(os.environ["ZAPSIGN_API_URL"])),
        os.environ["ZAPSIGN_ORGANIZATION_ID"],
        os.environ["ZAPSIGN_USERNAME"],
        os.environ["ZAPSIGN_PASSWORD"],
    )
