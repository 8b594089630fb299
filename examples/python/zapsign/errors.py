class InvalidCredentials(Exception):
    """The user name or the password is wrong. Another attempt gets closer to the login limit."""


class RateLimited(Exception):
    """Too many logins have failed. Every further attempt makes it worse."""


class TokenExpired(Exception):
    """The token no longer works: refresh it, or sign in again."""


class Unavailable(Exception):
    """ZapSign cannot be reached, or is overloaded."""


class UnexpectedReply(Exception):
    """A reply that is not in ZapSign's documentation."""
