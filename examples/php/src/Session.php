<?php

declare(strict_types=1);

namespace Example\ZapSign;

/** A user who is signed in: signs in, refreshes and repeats a call when it has to. All processes share the tokens. */
final class Session
{
    /** Seconds. A token must still work when the request arrives. */
    private const MARGIN = 30;

    /** How long no process sends a login after one was refused. */
    private const COOL_DOWN = ['rateLimited' => 60, 'invalidCredentials' => 600];

    private \Closure $now;

    /** @param ?\Closure(): int $now seconds since 1970 */
    public function __construct(
        private readonly Api $api,
        private readonly TokenFile $file,
        private readonly string $organizationId,
        private readonly string $username,
        #[\SensitiveParameter] private readonly string $password,
        ?\Closure $now = null,
    ) {
        $this->now = $now ?? time(...);
    }

    /** A session with the settings of the environment: no secret is in the code. */
    public static function fromEnvironment(string $tokenFile): self
    {
        $setting = static fn (string $name): string => getenv($name)
            ?: throw new \RuntimeException("Set the environment variable $name");

        return new self(
            new Api(new Transport($setting('ZAPSIGN_API_URL'))),
            new TokenFile($tokenFile),
            $setting('ZAPSIGN_ORGANIZATION_ID'),
            $setting('ZAPSIGN_USERNAME'),
            $setting('ZAPSIGN_PASSWORD'),
        );
    }

    /** @param ?array<string, mixed> $body */
    public function request(string $method, string $path, ?array $body = null): Reply
    {
        $access = $this->accessToken();
        try {
            return $this->api->call($access, $method, $path, $body);
        } catch (ZapSignException $error) {
            if ($error->reason !== Reason::TokenExpired) {
                throw $error;
            }
        }
        try {
            return $this->api->call($this->accessToken(refused: $access), $method, $path, $body);
        } catch (ZapSignException $error) {
            if ($error->reason !== Reason::TokenExpired) {
                throw $error;
            }
            $message = 'ZapSign does not accept a token that it has just sent';
            throw new ZapSignException(Reason::UnexpectedReply, $message);
        }
    }

    /**
     * All documents, page by page.
     *
     * @return \Generator<array<string, mixed>>
     */
    public function documents(): \Generator
    {
        for ($path = '/docs/?page=1'; $path !== null; ) {
            $reply = $this->request('GET', $path);
            $results = $reply->body['results'] ?? null;
            if ($reply->status !== 200 || !is_array($results)) {
                throw Api::unexpected('the list', $reply);
            }
            yield from array_values($results);
            // The link is http, and perhaps on another host: an access token must not go there.
            $next = $reply->body['next'] ?? null;
            $path = $next === null ? null : '/docs/?' . parse_url($next, PHP_URL_QUERY);
        }
    }

    /** Another process may have renewed the token that was refused: then it is not renewed again. */
    private function accessToken(#[\SensitiveParameter] ?string $refused = null): string
    {
        $held = $this->file->change(function (array $held) use ($refused): array {
            $isFresh = ($held['renewAt'] ?? 0) > ($this->now)() && $held['access'] !== $refused;

            return $isFresh ? $held : $this->renew($held);
        });
        if (isset($held['access'])) {
            return $held['access'];
        }
        throw new ZapSignException(Reason::from($held['refusal']));
    }

    /**
     * @param array<string, mixed> $held
     *
     * @return array<string, mixed>
     */
    private function renew(array $held): array
    {
        if (($held['refusedUntil'] ?? 0) > ($this->now)()) {
            return $held;
        }
        try {
            $tokens = $this->refreshed($held)
                ?? $this->api->obtainToken($this->organizationId, $this->username, $this->password);
        } catch (ZapSignException $error) {
            $pause = self::COOL_DOWN[$error->reason->value] ?? throw $error;

            return ['refusal' => $error->reason->value, 'refusedUntil' => ($this->now)() + $pause];
        }
        $margin = min(self::MARGIN, intdiv($tokens->lifetime, 10));

        return [
            'access' => $tokens->access,
            'refresh' => $tokens->refresh,
            'renewAt' => ($this->now)() + $tokens->lifetime - $margin,
        ];
    }

    /** @param array<string, mixed> $held */
    private function refreshed(array $held): ?Tokens
    {
        try {
            return isset($held['refresh']) ? $this->api->refresh($held['refresh']) : null;
        } catch (ZapSignException $error) {
            return $error->reason === Reason::TokenExpired ? null : throw $error;
        }
    }
}
