<?php
// Guzzle with its retry middleware: waits for eta, and leaves each GET with its repetitions to them.
require '/usr/share/php/GuzzleHttp/autoload.php';

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ConnectException;
use GuzzleHttp\Exception\GuzzleException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;

$base = getenv('ESOZ_SANDBOX_URL');
$headers = ['Authorization' => 'Bearer third-party', 'api-key' => 'third-party'];
$stack = HandlerStack::create();
$stack->push(Middleware::retry(function (int $retries, $request, $response, $error): bool {
    if ($retries >= 5 || $request->getMethod() !== 'GET') {
        return false;
    }
    return $error instanceof ConnectException || ($response && $response->getStatusCode() >= 500);
}));
$http = new Client(['handler' => $stack, 'http_errors' => false, 'timeout' => 15]);

function say(string $line): void
{
    echo $line, "\n";
}

function waitUntil(string $eta): void
{
    $left = (float) (new DateTimeImmutable($eta))->format('U.u') - microtime(true);
    usleep((int) (max($left + 0.001, 1) * 1e6));
}

/** The job at its end; null when the client gives up. */
function poll(Client $http, string $url, array $headers, string $eta): ?array
{
    for ($missing = 0, $renewed = false;;) {
        waitUntil($eta);
        $answer = $http->get($url, ['headers' => $headers]);
        $status = $answer->getStatusCode();
        $job = $status === 200 ? json_decode((string) $answer->getBody(), true)['data'] : null;
        if ($job) {
            if (in_array($job['status'], ['DONE', 'FAILED'], true)) {
                return $job;
            }
            [$eta, $missing] = [$job['eta'], 0];
        } elseif ($status === 404 && $missing < 2) {
            $missing += 1;
        } elseif ($status === 401 && !$renewed) {
            $renewed = true;
            $headers['Authorization'] .= '-renewed';
        } else {
            say("gave up at $status");
            return null;
        }
    }
}

try {
    $origin = preg_replace('~^(https?://[^/]+).*~', '$1', $base);
    $body = (string) $http->get("$origin/__sandbox/examples/createComposition")->getBody();
    $sent = ['headers' => $headers + ['Content-Type' => 'application/json'], 'body' => $body];
    $answer = $http->post("$base/api/patients/composition", $sent);
    $job = json_decode((string) $answer->getBody(), true)['data'];
    $end = poll($http, "$base/api/patients/composition/job/{$job['id']}", $headers, $job['eta']);
    if ($end && $end['status'] === 'DONE') {
        $asked = json_decode($body, true);
        $id = basename($end['links'][0]['href']);
        $path = "/api/patients/{$asked['subject']['value']}/encounter/{$asked['encounter']['value']}/composition/$id";
        say('result ' . $http->get($base . $path, ['headers' => $headers])->getStatusCode());
    } elseif ($end) {
        say('FAILED: ' . json_encode($end));
    }
} catch (GuzzleException $error) {
    say('ended with ' . get_class($error) . ': ' . $error->getMessage());
}
