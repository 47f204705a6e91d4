<?php

declare(strict_types=1);

namespace EsozSandbox;

require_once __DIR__ . '/EsozNames.php';

/** The sandbox has refused a call: what is wrong, and what to do. */
final class SandboxError extends \RuntimeException
{
    /** @param string $name such as SCENARIO_UNKNOWN */
    public function __construct(public readonly string $name, string $message)
    {
        parent::__construct("$name: $message");
    }
}

/**
 * ESOZ Sandbox for PHPUnit and Pest. PHP 8.1 or later, no packages. A sandbox that runs, here or elsewhere:
 * `ESOZ_SANDBOX_URL` names one; without it one is started: `ESOZ_SANDBOX_COMMAND`, else `esoz-sandbox`.
 */
final class Sandbox
{
    private static ?self $shared = null;

    public readonly string $url;
    private readonly ?string $given;

    /**
     * @param resource|null $process
     * @param resource|null $input of the process
     */
    private function __construct(string $url, private mixed $process = null, private mixed $input = null)
    {
        $parts = parse_url($url);
        $this->url = $parts['scheme'] . '://' . $parts['host'] . (isset($parts['port']) ? ":{$parts['port']}" : '');
        // `esoz-sandbox exec` has begun a session for the whole command, and judges that.
        $this->given = preg_match('~^/\~([^/]+)~', $parts['path'] ?? '', $found) ? rawurldecode($found[1]) : null;
    }

    /** One for all tests of this run. */
    public static function shared(): self
    {
        return self::$shared ??= self::start();
    }

    /** The one at ESOZ_SANDBOX_URL, else one of its own; arguments are those of `serve`. */
    public static function start(string ...$arguments): self
    {
        $url = getenv('ESOZ_SANDBOX_URL');
        if ($url) {
            return new self($url);
        }
        $command = explode(' ', getenv('ESOZ_SANDBOX_COMMAND') ?: 'esoz-sandbox');
        // What it says later goes into a file: nobody reads a pipe to its end.
        $told = tempnam(sys_get_temp_dir(), 'esoz');
        $all = [...$command, 'serve', '--port', '0', '--json', '--ends-with-stdin', ...$arguments];
        // Nothing is written to its input: that closes when this process ends, even when it is killed.
        $process = @proc_open($all, [['pipe', 'r'], ['file', $told, 'w'], STDERR], $pipes);
        $here = static fn () => is_resource($process) && proc_get_status($process)['running'];
        while (!str_contains($first = (string) file_get_contents($told), "\n")) {
            if (!$here()) {
                $hint = 'install it, name it in ESOZ_SANDBOX_COMMAND, or name a running one in ESOZ_SANDBOX_URL';
                throw new SandboxError('SANDBOX_NOT_STARTED', "{$command[0]} cannot be started; $hint");
            }
            usleep(10_000);
        }
        $sandbox = new self(json_decode(strtok($first, "\n"), true)['url'], $process, $pipes[0]);
        register_shutdown_function(static function () use ($sandbox, $told): void {
            $sandbox->close();
            @unlink($told);
        });
        return $sandbox;
    }

    /**
     * A session of its own.
     * @param array<string, mixed> $setup as `PUT /__sandbox/sessions/NAME` takes it: scenario, clock, chaos
     */
    public function session(string $name = 'test', array $setup = []): Session
    {
        if ($this->given !== null) {
            return new Session($this, $this->given, true);
        }
        $plain = substr((string) preg_replace('/[^\w.-]+/', '-', $name), 0, 50);
        $session = new Session($this, $plain . '-' . bin2hex(random_bytes(4)), false);
        $session->set($setup);
        return $session;
    }

    /**
     * Calls the control API.
     * @return mixed the answer's JSON
     * @throws SandboxError where it refuses
     */
    public function call(string $method, string $path, ?array $body = null): mixed
    {
        $headers = ['Accept: application/json', 'Connection: close'];
        if ($token = getenv('ESOZ_CONTROL_TOKEN')) {
            $headers[] = "X-Sandbox-Token: $token";
        }
        $http = ['method' => $method, 'ignore_errors' => true];
        if ($body !== null) {
            $headers[] = 'Content-Type: application/json';
            $http['content'] = json_encode($body ?: new \stdClass(), JSON_THROW_ON_ERROR);
        }
        $context = stream_context_create(['http' => [...$http, 'header' => $headers]]);
        $text = file_get_contents("{$this->url}/__sandbox$path", false, $context);
        $answer = json_decode((string) $text, true);
        if (isset($answer['error']['code'], $answer['error']['status'])) {
            ['code' => $code, 'message' => $message] = $answer['error'];
            foreach ($answer['error']['invalid'] ?? [] as $slip) {
                $message .= "; {$slip['at']}: {$slip['description']}";
            }
            throw new SandboxError($code, $message);
        }
        return $answer;
    }

    /** Ends it, where it was started here. */
    public function close(): void
    {
        if (is_resource($this->process)) {
            fclose($this->input);
            proc_terminate($this->process);
            proc_close($this->process);
        }
        $this->process = null;
    }
}

/** Jobs, clock and journal that no other test sees. The client's base URL is `url`; the API lies below it. */
final class Session
{
    public readonly string $url;
    /** What has happened in it, to be seen in a browser. */
    public readonly string $page;
    private readonly string $path;

    public function __construct(
        public readonly Sandbox $sandbox,
        public readonly string $name,
        private readonly bool $given,
    ) {
        $this->path = '/sessions/' . rawurlencode($name);
        $this->url = "{$sandbox->url}/~" . rawurlencode($name);
        $this->page = "{$sandbox->url}/__sandbox/#{$this->path}";
    }

    /** `set(['scenario' => 'done-after-eta'])`, `set(['clock' => ['mode' => 'manual']])`, `set(['chaos' => null])`. */
    public function set(array $setup): void
    {
        $this->sandbox->call('PUT', $this->path, $setup);
    }

    /** Every job lives this scenario: `Scenario::DoneAfterEta`, or the name of one of your own. */
    public function choose(Scenario|string $scenario): void
    {
        $this->set(['scenario' => $scenario]);
    }

    /** The next jobs live this scenario. */
    public function next(Scenario|string $scenario, int $times = 1): void
    {
        $this->sandbox->call('POST', "{$this->path}/next", ['scenario' => $scenario, 'times' => $times]);
    }

    /** Time stands still until it is advanced; `$now` is a moment as in 2026-01-31T08:00:00Z. */
    public function manualClock(?string $now = null): void
    {
        $this->set(['clock' => array_filter(['mode' => 'manual', 'now' => $now])]);
    }

    /** Moves a manual clock on: `3s`, `5m`. */
    public function advance(string $by): void
    {
        $this->sandbox->call('POST', "{$this->path}/clock/advance", ['by' => $by]);
    }

    /** An example body of an operation, such as createComposition. */
    public function example(string $operation): mixed
    {
        return $this->sandbox->call('GET', "/examples/$operation");
    }

    public function jobs(): array
    {
        return $this->sandbox->call('GET', "{$this->path}/jobs")['jobs'];
    }

    public function journal(): array
    {
        return $this->sandbox->call('GET', "{$this->path}/journal")['exchanges'];
    }

    /** What is wrong with the client's polling, as JSON has it: held, causes, rules, jobs. */
    public function verdict(): array
    {
        return $this->sandbox->call('GET', "{$this->path}/verdict");
    }

    /** Why the client has not polled well, gravest cause first; null: it has. */
    public function faults(): ?string
    {
        $verdict = $this->verdict();
        return $this->silence($verdict)
            ?? ($verdict['held'] ? null : $this->tell('the client breaks rules', $verdict['causes']));
    }

    /** Why this rule was not put to the test and kept; null: it was. */
    public function faultsOf(Rule|string $rule): ?string
    {
        $rule = $rule instanceof Rule ? $rule->value : $rule;
        $verdict = $this->verdict();
        if ($silence = $this->silence($verdict)) {
            return $silence;
        }
        $one = array_column($verdict['rules'], null, 'rule')[$rule] ?? null;
        if ($one === null) {
            // Where there is no such rule, this is refused with the name of the nearest.
            $this->sandbox->call('GET', "{$this->path}/verdict?tolerance=" . rawurlencode($rule) . '=off');
            return "$rule is about nothing that this API does";
        }
        $outcome = $one['outcome'];
        return match ($outcome) {
            'passed' => null,
            'failed' => $this->tell(
                "$rule is broken: {$one['title']}",
                array_filter($verdict['causes'], static fn (array $cause) => $cause['rule'] === $rule),
            ),
            default => "$rule is $outcome: " . ($one['reason'] ?? 'it was switched off')
                . '; choose a scenario that puts the client to this test',
        };
    }

    /** Forgets all that it holds. */
    public function end(): void
    {
        if (!$this->given) {
            $this->sandbox->call('DELETE', $this->path);
        }
    }

    private function silence(array $verdict): ?string
    {
        return $verdict['exchanges'] > 0
            ? null
            : "no request has come to session {$this->name}; does the client use its url, {$this->url}?";
    }

    private function tell(string $what, array $causes): string
    {
        $lines = ["$what (session {$this->name})"];
        foreach ($causes as $cause) {
            $lines[] = "✗ {$cause['title']}";
            $lines[] = "  {$cause['rule']}: {$cause['evidence']['message']}";
            $lines[] = "  → {$cause['advice']}";
        }
        return implode("\n", [...$lines, "see {$this->page}"]);
    }
}

/**
 * For a test case of PHPUnit (`use UsesSandbox;`) or of Pest (`uses(UsesSandbox::class);`): `$this->esoz` is a session
 * of the test's own.
 */
trait UsesSandbox
{
    protected Session $esoz;

    /** @before */
    #[\PHPUnit\Framework\Attributes\Before]
    protected function beginEsoz(): void
    {
        $name = method_exists($this, 'name') ? $this->name() : $this->getName();
        $this->esoz = Sandbox::shared()->session($name);
    }

    /** @after */
    #[\PHPUnit\Framework\Attributes\After]
    protected function endEsoz(): void
    {
        $this->esoz->end();
    }

    protected function assertPolledWell(?Session $session = null): void
    {
        $faults = ($session ?? $this->esoz)->faults();
        static::assertTrue($faults === null, (string) $faults);
    }

    protected function assertFollowed(Rule|string $rule, ?Session $session = null): void
    {
        $faults = ($session ?? $this->esoz)->faultsOf($rule);
        static::assertTrue($faults === null, (string) $faults);
    }
}
