<?php

declare(strict_types=1);

namespace Example\ZapSign\Tests;

/** Steers the mock that `zapsign-mock run` has started. */
final class Mock
{
    public static function reset(): void
    {
        self::control('POST', 'reset');
    }

    public static function advance(string $by): void
    {
        self::control('POST', 'time/advance', ['by' => $by]);
    }

    public static function setTime(string $date): void
    {
        self::control('PUT', 'time', ['now' => $date]);
    }

    /** @param array<string, mixed> $settings */
    public static function force(string $outcome, array $settings = []): void
    {
        self::control('POST', 'outcomes', ['outcome' => $outcome] + $settings);
    }

    public static function count(string $query = ''): int
    {
        return self::control('GET', "requests/count?$query")['count'];
    }

    /**
     * Throws for an error, with the sentence that explains it.
     *
     * @param array<string, mixed> $body
     */
    private static function control(string $method, string $path, array $body = []): mixed
    {
        $curl = curl_init(getenv('ZAPSIGN_CONTROL_URL') . "/__zapsign/$path");
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
            CURLOPT_RETURNTRANSFER => true,
        ]);
        if ($method !== 'GET') {
            curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode((object) $body));
        }
        $reply = json_decode((string) curl_exec($curl), true);
        if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400) {
            throw new \RuntimeException($reply['detail']);
        }

        return $reply;
    }
}
