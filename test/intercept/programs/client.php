<?php
// `php client.php curl`: the scenario of scenario.mjs with curl or with PHP's streams.
const HOST = 'https://api.zapsign.com.br';

function over_curl(string $method, string $url, array $headers, ?string $body): array
{
    $handle = curl_init($url);
    curl_setopt_array($handle, [CURLOPT_CUSTOMREQUEST => $method, CURLOPT_HTTPHEADER => $headers, CURLOPT_RETURNTRANSFER => true]);
    if ($body !== null) curl_setopt($handle, CURLOPT_POSTFIELDS, $body);
    $text = curl_exec($handle);
    if ($text === false) throw new Exception(curl_error($handle));
    return [curl_getinfo($handle, CURLINFO_HTTP_CODE), $text];
}

function over_streams(string $method, string $url, array $headers, ?string $body): array
{
    $options = ['method' => $method, 'header' => $headers, 'content' => $body ?? '', 'ignore_errors' => true];
    $text = file_get_contents($url, false, stream_context_create(['http' => $options]));
    if ($text === false) throw new Exception('file_get_contents failed');
    return [(int) explode(' ', $http_response_header[0])[1], $text];
}

$send = 'over_' . $argv[1];
$statuses = [];
$call = function (string $method, string $path, array $headers, ?array $body = null) use ($send, &$statuses): string {
    [$status, $text] = $send($method, HOST . $path, $headers, $body === null ? null : json_encode($body));
    $statuses[] = $status;
    return $text;
};
$json = ['Content-Type: application/json'];
$login = fn (string $password): string => $call('POST', '/api/v1/auth/token/11111/', $json, ['username' => 'dev@example.com.br', 'password' => $password]);

$tokens = json_decode($login('StrongPassword123'), true);
$bearer = ['Authorization: Bearer ' . $tokens['access']];
$call('POST', '/api/v1/auth/token-refresh/', $json, ['refresh' => $tokens['refresh']]);
$call('GET', '/api/v1/docs/?page=1', $bearer);
$call('POST', '/api/v1/docs/', [...$bearer, ...$json], ['name' => 'Contract']);
for ($failures = 0; $failures < 5; $failures++) $login('WrongPassword123');
$login('StrongPassword123');
echo implode(' ', $statuses), "\n";
