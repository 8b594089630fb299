<?php

declare(strict_types=1);

namespace Example\ZapSign;

final class Reply
{
    /**
     * @param array<string, mixed> $body
     * @param int $date ZapSign's time, in seconds since 1970
     */
    public function __construct(
        public readonly int $status,
        public readonly array $body,
        public readonly int $date,
    ) {
    }
}
