<?php

declare(strict_types=1);

namespace Example\ZapSign;

final class ZapSignException extends \RuntimeException
{
    public function __construct(public readonly Reason $reason, string $message = '')
    {
        parent::__construct($message === '' ? "ZapSign: {$reason->value}" : $message);
    }
}
