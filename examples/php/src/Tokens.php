<?php

declare(strict_types=1);

namespace Example\ZapSign;

final class Tokens
{
    /** @param int $lifetime the seconds that the access token works */
    public function __construct(
        public readonly string $access,
        public readonly string $refresh,
        public readonly int $lifetime,
    ) {
    }
}
