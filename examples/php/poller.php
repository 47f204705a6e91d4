<?php

// Creates a composition, polls its job, reads the result. PHP 8.2 or later with ext-curl.

declare(strict_types=1);

define('BASE', getenv('ESOZ_SANDBOX_URL') ?: 'http://127.0.0.1:4010');
define('API_KEY', getenv('ESOZ_API_KEY') ?: 'demo');
define('TIMEOUT', (float) (getenv('ESOZ_TIMEOUT_SECONDS') ?: 10));
define('PACE', (float) (getenv('ESOZ_PACE') ?: 1)); // the sandbox may run faster
define('PATIENCE', (float) (getenv('ESOZ_PATIENCE_SECONDS') ?: 600) / PACE);
define('LEAST', 1 / PACE); // between two polls
$token = getenv('ESOZ_TOKEN') ?: 'demo';

function newToken(string $token): string
{
    return "$token-renewed"; // in real life: ask the authorisation server
}

function say(string $line): null
{
    echo $line, PHP_EOL;
    return null;
}

function sleepUntil(float $moment): void
{
    while (($left = $moment - microtime(true)) > 0) {
        usleep((int) ceil($left * 1e6));
    }
}

/** When to ask next: $wait seconds from now, and not before $eta (RFC 3339) nor at once. */
function after(float $wait, mixed $eta = null): float
{
    $moment = preg_match('/^\d{4}-\d\d-\d\dT/', (string) $eta) ? date_create($eta) : false;
    return max($moment ? (float) $moment->format('U.u') : 0, microtime(true) + max($wait, LEAST));
}

/** Retry-After in seconds: a number or a date (RFC 9110 §10.2.3); null without it. */
function asked(string $text): ?float
{
    if (ctype_digit($text)) {
        // Some platforms send a moment in place of a length: Unix seconds, or milliseconds.
        return $text < 1e9 ? (float) $text : ($text > 1e11 ? $text / 1000 : $text) - microtime(true);
    }
    return str_ends_with($text, 'GMT') ? (strtotime($text) ?: 0) - microtime(true) : null;
}

/** [status (0: no answer came), text, data, Retry-After]. A 401 gets a new token and one more try. */
function call(string $method, string $path, ?string $body = null, bool $renewed = false): array
{
    global $token;
    $retryAfter = '';
    $curl = curl_init(BASE . "/api$path"); // a new one each time: curl repeats by itself on a used connection
    curl_setopt_array($curl, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_HTTPHEADER => [
            "Authorization: Bearer $token", 'api-key: ' . API_KEY, 'Content-Type: application/json',
        ],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT_MS => (int) (TIMEOUT * 1000),
        CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$retryAfter): int {
            $retryAfter = preg_match('/^retry-after:\s*(.*?)\s*$/i', $line, $found) ? $found[1] : $retryAfter;
            return strlen($line);
        },
    ] + ($body === null ? [] : [CURLOPT_POSTFIELDS => $body]));
    $text = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($text === false) {
        return [0, 'no answer, ' . curl_error($curl), null, null];
    }
    if ($status === 401 && !$renewed) {
        say('401: going on with a new token');
        $token = newToken($token);
        sleepUntil(after(LEAST));
        return call($method, $path, $body, true);
    }
    $json = json_decode($text, true);
    $data = is_array($json) ? $json['data'] ?? $json : null; // some gateways take the envelope away
    return [$status, $text, $data, asked($retryAfter)];
}

function schedule(string $body, int $tries = 1): ?array
{
    [$status, $text, $job, $wait] = call('POST', '/patients/composition', $body);
    if ($status >= 200 && $status < 300 && isset($job['id'])) {
        return $job;
    }
    $refused = in_array($status, [429, 503], true) && $wait !== null;
    if ($refused && $tries < 4) {
        say("$status: no job was made, scheduling again in $wait s");
        sleepUntil(after($wait));
        return schedule($body, $tries + 1);
    }
    // What may have been scheduled is not sent again: that could make two compositions.
    $known = $refused || ($status >= 400 && $status < 500);
    return say(($known ? 'not scheduled' : 'outcome unknown, not sent again') . ": $status $text");
}

/** The job at its end; null when we stop before. */
function poll(array $job): ?array
{
    $path = "/patients/composition/job/{$job['id']}";
    $deadline = microtime(true) + PATIENCE;
    $turn = after(LEAST, $job['eta'] ?? null);
    $missing = $passing = 0; // failures since the last good answer
    while ($turn <= $deadline && $missing < 3 && $passing < 8) {
        sleepUntil($turn);
        [$status, $text, $job, $wait] = call('GET', $path);
        if ($status === 200 && is_array($job)) {
            [$word, $eta] = [$job['status'] ?? 'no status', $job['eta'] ?? null];
            if ($word === 'DONE' || $word === 'FAILED') {
                return $job;
            }
            say("$word, eta $eta"); // an unknown word is no end
            $turn = after(LEAST, $eta);
            $missing = $passing = 0;
        } elseif ($status >= 400 && $status < 500 && $status !== 404 && $status !== 429) {
            return say("stopped: $status $text");
        } else {
            $times = $status === 404 ? ++$missing : ++$passing; // a new job may not be visible at once
            say("failure $times: " . ($status ?: $text));
            $turn = after($wait ?? min(2 ** ($times - 1), 30) * LEAST);
        }
    }
    return say('gave up, outcome unknown');
}

/** The reason of a FAILED job stands in one of six places. */
function reasonOf(array $job): string
{
    $texts = array_map(
        fn ($why) => is_array($why) ? $why['message'] ?? '' : $why,
        array_column($job['links'] ?? [], 'error'),
    );
    $error = (array) ($job['error'] ?? []);
    foreach (array_is_list($error) ? $error : [$error] as $one) {
        $texts[] = is_string($one) ? $one : $one['message'] ?? '';
        foreach ($one['rules'] ?? [] as $rule) {
            $texts[] = "{$rule['code']}: {$rule['description']}";
        }
    }
    $texts[] = $job['response_data']['error']['message'] ?? '';
    return current(array_filter($texts)) ?: 'no reason is given';
}

function readResult(array $job, string $patient, string $encounter): null
{
    $id = basename(current(array_filter(array_column($job['links'] ?? [], 'href'))) ?: '');
    if ($id === '') { // no usable link: the newest composition of the encounter
        [, , $found] = call('GET', "/patients/searchComposition?subject=$patient&encounter=$encounter");
        $found ??= [];
        usort($found, fn (array $one, array $other): int => $other['date'] <=> $one['date']);
        $id = $found[0]['identifier']['value'] ?? '';
    }
    if ($id === '') {
        return say('DONE, but the composition was not found');
    }
    [$status, $text, $data] = call('GET', "/patients/$patient/encounter/$encounter/composition/$id");
    return say($status === 200 && isset($data['status'])
        ? "DONE, read $id: {$data['status']} {$data['title']}"
        : "DONE, but reading $id failed: $status $text");
}

$origin = preg_replace('~^(\w+://[^/]+).*~', '$1', BASE);
$body = file_get_contents("$origin/__sandbox/examples/createComposition") ?: exit(1);
if ($job = schedule($body)) {
    say("scheduled {$job['id']}, eta {$job['eta']}");
    $end = poll($job);
}
if (isset($end) && $end['status'] === 'FAILED') {
    say('FAILED: ' . reasonOf($end));
} elseif (isset($end)) {
    $request = json_decode($body, true);
    readResult($end, $request['subject']['value'], $request['encounter']['value']);
}
