<?php

declare(strict_types=1);

namespace Example\ZapSign;

/** Sends requests. Repeats those that failed for a moment, and waits longer each time. */
final class Transport
{
    private const ATTEMPTS = 4;
    private const TIMEOUT = 10;
    private const FIRST_WAIT = 0.25;

    /** A server that asks for a longer wait than this is not worth waiting for. */
    private const LONGEST_WAIT = 30;

    /** The server refused the request before it did anything. */
    private const NOT_DONE = [429, 503];

    /** A proxy does not know what the server did. */
    private const PERHAPS_DONE = [502, 504];

    private \Closure $sleep;
    private \Closure $jitter;

    /**
     * @param ?\Closure(float): void $sleep
     * @param ?\Closure(): float $jitter from 0 to 1
     */
    public function __construct(
        private readonly string $apiUrl,
        ?\Closure $sleep = null,
        ?\Closure $jitter = null,
    ) {
        $this->sleep = $sleep ?? static fn (float $seconds) => usleep((int) ($seconds * 1_000_000));
        $this->jitter = $jitter ?? static fn (): float => mt_rand() / mt_getrandmax();
    }

    /**
     * @param ?array<string, mixed> $body
     * @param ?bool $isRepeatable Whether a second request does no harm when the first one was carried out.
     *     Without it, true for all methods but POST.
     */
    public function send(
        string $method,
        string $path,
        ?array $body = null,
        ?string $access = null,
        ?bool $isRepeatable = null,
    ): Reply {
        $isRepeatable ??= $method !== 'POST';
        for ($attempt = 1; ; ++$attempt) {
            [$status, $headers, $text] = $this->sendOnce($method, $path, $body, $access);
            // cURL has no status for a connection that breaks.
            $isBroken = $status === 0 || $text === false;
            if ($isBroken && (!$isRepeatable || $attempt === self::ATTEMPTS)) {
                throw new ZapSignException(Reason::Unavailable, 'ZapSign cannot be reached');
            }
            if (!$isBroken && !$this->isWorthRepeating($status, $isRepeatable)) {
                return self::read($status, $headers, $text);
            }
            $wait = ($isBroken ? null : self::retryAfter($headers))
                ?? ($this->jitter)() * self::FIRST_WAIT * 2 ** ($attempt - 1);
            if ($attempt === self::ATTEMPTS || $wait > self::LONGEST_WAIT) {
                throw new ZapSignException(Reason::Unavailable, "ZapSign answered with $status");
            }
            ($this->sleep)($wait);
        }
    }

    private function isWorthRepeating(int $status, bool $isRepeatable): bool
    {
        return in_array($status, self::NOT_DONE, true)
            || ($isRepeatable && in_array($status, self::PERHAPS_DONE, true));
    }

    /** @return array{int, array<string, string>, string|false} status, headers and text */
    private function sendOnce(string $method, string $path, ?array $body, ?string $access): array
    {
        $headers = [];
        $lines = ['Accept: application/json'];
        $curl = curl_init($this->apiUrl . $path);
        if ($body !== null) {
            $lines[] = 'Content-Type: application/json';
            curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($body, JSON_THROW_ON_ERROR));
        }
        if ($access !== null) {
            $lines[] = "Authorization: Bearer $access";
        }
        // No redirects: one would turn the POST of a path without its slash into a GET.
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $lines,
            CURLOPT_TIMEOUT => self::TIMEOUT,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_HEADERFUNCTION => static function ($_, string $line) use (&$headers): int {
                [$name, $value] = explode(':', $line, 2) + [1 => ''];
                $headers[strtolower(trim($name))] = trim($value);

                return strlen($line);
            },
        ]);
        $text = curl_exec($curl);

        return [curl_getinfo($curl, CURLINFO_RESPONSE_CODE), $headers, $text];
    }

    /**
     * Seconds: the header is a number of seconds, or a date by the server's clock.
     *
     * @param array<string, string> $headers
     */
    private static function retryAfter(array $headers): ?float
    {
        $value = $headers['retry-after'] ?? '';
        if (ctype_digit($value)) {
            return (float) $value;
        }
        $until = $value === '' ? false : strtotime($value);

        return $until === false ? null : (float) max(0, $until - self::dateOf($headers));
    }

    /** @param array<string, string> $headers */
    private static function dateOf(array $headers): int
    {
        return strtotime($headers['date'] ?? '') ?: time();
    }

    /** @param array<string, string> $headers */
    private static function read(int $status, array $headers, string $text): Reply
    {
        $isJson = str_starts_with($headers['content-type'] ?? '', 'application/json');
        $body = $isJson && $text !== '' ? json_decode($text, true) : [];
        if (!is_array($body)) {
            // The text may hold tokens: no error repeats it.
            $message = "ZapSign answered with $status and a body that is not a JSON object";
            throw new ZapSignException(Reason::UnexpectedReply, $message);
        }

        return new Reply($status, $body, self::dateOf($headers));
    }
}
