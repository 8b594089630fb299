<?php

declare(strict_types=1);

namespace Example\ZapSign;

/** What a program can do something about. */
enum Reason: string
{
    /** The user name or the password is wrong. Another attempt gets closer to the login limit. */
    case InvalidCredentials = 'invalidCredentials';

    /** Too many logins have failed. Every further attempt makes it worse. */
    case RateLimited = 'rateLimited';

    /** The token no longer works: refresh it, or sign in again. */
    case TokenExpired = 'tokenExpired';

    /** ZapSign cannot be reached, or is overloaded. */
    case Unavailable = 'unavailable';

    /** A reply that is not in ZapSign's documentation. */
    case UnexpectedReply = 'unexpectedReply';
}
