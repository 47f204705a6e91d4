<?php

// Creates a composition: the least of a poller that is right. PHP 8.1 or later with ext-curl.

declare(strict_types=1);

define('BASE', getenv('ESOZ_SANDBOX_URL') ?: 'http://127.0.0.1:4010');
const PATIENCE = 600;

/** [status (0: no answer that can be read), data, Retry-After in seconds] */
function call(string $method, string $path, ?string $body = null, bool $renewed = false): array
{
    static $token = 'demo';
    $wait = 0;
    $curl = curl_init(BASE . "/api$path"); // a new one each time: curl repeats by itself on a used connection
    curl_setopt_array($curl, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_HTTPHEADER => ["Authorization: Bearer $token", 'api-key: demo', 'Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 10,
        CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$wait): int {
            $wait = preg_match('/^retry-after:\s*(\d+)\s*$/i', $line, $found) ? (int) $found[1] : $wait;
            return strlen($line);
        },
    ] + ($body === null ? [] : [CURLOPT_POSTFIELDS => $body]));
    $text = curl_exec($curl);
    $status = $text === false ? 0 : curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($status === 401 && !$renewed) {
        $token .= '-renewed'; // in real life: ask the authorisation server
        sleep(1);
        return call($method, $path, $body, true);
    }
    $data = $status === 200 ? json_decode($text, true)['data'] ?? null : null;
    return [$status === 200 && $data === null ? 0 : $status, $data, $wait];
}

/** Seconds to wait: until eta, and a second at the least. */
function until(?string $eta): float
{
    $moment = date_create($eta ?? '');
    return max(1, ($eta && $moment ? (float) $moment->format('U.u') : 0) - microtime(true));
}

/** The job at its end; null when it is lost, or patience is over. */
function poll(array $job): ?array
{
    $path = "/patients/composition/job/{$job['id']}";
    $deadline = microtime(true) + PATIENCE;
    [$pause, $missing, $failures] = [until($job['eta'] ?? null), 0, 0];
    while ($missing < 3 && $failures < 8 && microtime(true) + $pause < $deadline) {
        usleep((int) ceil($pause * 1e6));
        [$status, $now, $wait] = call('GET', $path);
        if ($status === 200) {
            if (in_array($now['status'] ?? '', ['DONE', 'FAILED'], true)) {
                return $now;
            }
            [$pause, $missing, $failures] = [until($now['eta'] ?? null), 0, 0]; // the newest eta counts
        } elseif (in_array($status, [0, 404, 429], true) || $status >= 500) {
            $missing += $status === 404 ? 1 : 0;
            $pause = max($wait, 2 ** $failures++); // it may pass: ask again, each time later
        } else {
            return null;
        }
    }
    return null;
}

/** Schedules the composition that the JSON text tells, and says what became of it. */
function submit(string $body): string
{
    [$status, $job] = call('POST', '/patients/composition', $body);
    $end = $job === null ? null : poll($job);
    if ($end === null) { // not sent again: what broke off on its way back may have been scheduled
        return $job === null ? "not scheduled: $status" : 'outcome unknown';
    }
    if ($end['status'] === 'FAILED') {
        return 'FAILED: ' . json_encode($end, JSON_UNESCAPED_UNICODE);
    }
    ['subject' => ['value' => $patient], 'encounter' => ['value' => $encounter]] = json_decode($body, true);
    $made = basename($end['links'][0]['href']);
    [$status, $composition] = call('GET', "/patients/$patient/encounter/$encounter/composition/$made");
    return "DONE, read $made: " . ($composition['status'] ?? $status);
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    echo submit(file_get_contents(preg_replace('~/\~.*~', '', BASE) . '/__sandbox/examples/createComposition')), PHP_EOL;
}
