<?php

// Sends each request of the contract once, and checks how the client understands the replies.
//
//     zapsign-mock contract --consumer php --promises all -- php contract.php

declare(strict_types=1);

use Example\ZapSign\Api;
use Example\ZapSign\Transport;
use Example\ZapSign\ZapSignException;

require __DIR__ . '/autoload.php';

$env = static fn (string $name): string => (string) getenv("ZAPSIGN_$name");
$api = new Api(new Transport($env('API_URL')));

/** What the client understood: the reason of an error, or that the call succeeded. */
$outcome = static function (Closure $call): string {
    try {
        $call();

        return 'success';
    } catch (ZapSignException $error) {
        return $error->reason->value;
    }
};
$login = static fn (string $username, string $password): string => $outcome(
    static fn () => $api->obtainToken($env('ORGANIZATION_ID'), $env($username), $env($password)),
);
$refresh = static fn (string $token): string => $outcome(static fn () => $api->refresh($env($token)));
$list = static fn (string $token): string => $outcome(
    static fn () => $api->call($env($token), 'GET', '/docs/?page=1'),
);

$understood = [
    'authenticated' => $login('USERNAME', 'PASSWORD') === 'success',
    'invalidCredentials' => $login('USERNAME', 'WRONG_PASSWORD') === 'invalidCredentials',
    'rateLimited' => $login('BLOCKED_USERNAME', 'PASSWORD') === 'rateLimited',
    'refreshed' => $refresh('REFRESH_TOKEN') === 'success',
    'refreshRefused' => $refresh('EXPIRED_REFRESH_TOKEN') === 'tokenExpired',
    'authorized' => $list('ACCESS_TOKEN') === 'success',
    'expired' => $list('EXPIRED_ACCESS_TOKEN') === 'tokenExpired',
];
foreach ($understood as $name => $isUnderstood) {
    echo $isUnderstood ? 'ok' : 'NOT OK', " $name\n";
}
exit(in_array(false, $understood, true) ? 1 : 0);
