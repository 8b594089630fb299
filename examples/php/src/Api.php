<?php

declare(strict_types=1);

namespace Example\ZapSign;

/** ZapSign's endpoints, one request each. It keeps nothing. */
final class Api
{
    public function __construct(private readonly Transport $transport)
    {
    }

    public function obtainToken(
        string $organizationId,
        string $username,
        #[\SensitiveParameter] string $password,
    ): Tokens {
        $path = '/auth/token/' . rawurlencode($organizationId) . '/';
        $reply = $this->post($path, ['username' => $username, 'password' => $password]);
        // A request with a mistake is a 400, too.
        $isLimit = ($reply->body['message'] ?? null) === 'Rate limit exceeded';

        return match (true) {
            $reply->status === 200 => self::tokensOf($reply, self::tokenOf($reply, 'refresh')),
            $reply->status === 401 => throw new ZapSignException(Reason::InvalidCredentials),
            $reply->status === 400 && $isLimit => throw new ZapSignException(Reason::RateLimited),
            default => throw self::unexpected('the login', $reply),
        };
    }

    /** A new access token, with the same refresh token. */
    public function refresh(#[\SensitiveParameter] string $refresh): Tokens
    {
        $reply = $this->post('/auth/token-refresh/', ['refresh' => $refresh]);

        return match ($reply->status) {
            200 => self::tokensOf($reply, $refresh),
            401 => throw new ZapSignException(Reason::TokenExpired),
            default => throw self::unexpected('the refresh', $reply),
        };
    }

    /**
     * Returns any reply but that to an expired access token.
     *
     * @param ?array<string, mixed> $body
     */
    public function call(
        #[\SensitiveParameter] string $access,
        string $method,
        string $path,
        ?array $body = null,
    ): Reply {
        $reply = $this->transport->send($method, $path, $body, $access);
        // ZapSign's pages show 401 and 403 for an expired token. The code tells it from other refusals.
        if ($reply->status === 401 || ($reply->body['code'] ?? null) === 'token_not_valid') {
            throw new ZapSignException(Reason::TokenExpired);
        }

        return $reply;
    }

    public static function unexpected(string $what, Reply $reply): ZapSignException
    {
        $message = "ZapSign answered $what with {$reply->status}";

        return new ZapSignException(Reason::UnexpectedReply, $message);
    }

    /** @param array<string, string> $body */
    private function post(string $path, #[\SensitiveParameter] array $body): Reply
    {
        // Both requests that get a token only get another one when they are repeated.
        return $this->transport->send('POST', $path, $body, isRepeatable: true);
    }

    /**
     * The lifetime is the time from the reply's date to the token's `exp`: both are ZapSign's time, so a wrong
     * clock on this machine does not matter.
     */
    private static function tokensOf(Reply $reply, string $refresh): Tokens
    {
        $access = self::tokenOf($reply, 'access');

        return new Tokens($access, $refresh, self::expiryOf($access) - $reply->date);
    }

    private static function tokenOf(Reply $reply, string $name): string
    {
        $token = $reply->body[$name] ?? null;
        if (is_string($token) && substr_count($token, '.') === 2) {
            return $token;
        }
        throw new ZapSignException(Reason::UnexpectedReply, "ZapSign sent no $name token");
    }

    /** The `exp` claim. Only ZapSign has the key, so a client does not check the signature. */
    private static function expiryOf(string $token): int
    {
        $payload = base64_decode(strtr(explode('.', $token)[1], '-_', '+/'), true);
        $claims = json_decode($payload ?: '', true);
        if (is_int($claims['exp'] ?? null)) {
            return $claims['exp'];
        }
        throw new ZapSignException(Reason::UnexpectedReply, 'ZapSign sent a token without an expiry');
    }
}
