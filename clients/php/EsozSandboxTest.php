<?php

declare(strict_types=1);

use EsozSandbox\Rule;
use EsozSandbox\SandboxError;
use EsozSandbox\Scenario;
use EsozSandbox\Session;
use EsozSandbox\UsesSandbox;
use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/EsozSandbox.php';

/** What the trait offers, shown with a client of a few lines. `phpunit EsozSandboxTest.php` runs it. */
final class EsozSandboxTest extends TestCase
{
    use UsesSandbox;

    private const NOON = '2026-01-31T12:00:00Z';

    public function testPlaysTheScenarioThatIsNext(): void
    {
        $this->esoz->manualClock(self::NOON);
        $this->esoz->next('failed-error-list');
        $job = $this->create($this->esoz);
        $this->esoz->advance('3s');
        [, $data] = $this->poll($this->esoz, $job);
        self::assertSame('FAILED', $data['status']);
        self::assertSame(['failed-error-list'], array_column($this->esoz->jobs(), 'scenario'));
    }

    public function testKeepsSessionsApart(): void
    {
        $other = $this->esoz->sandbox->session('other');
        $job = $this->create($other);
        self::assertSame(404, $this->poll($this->esoz, $job)[0]);
        self::assertCount(1, $this->esoz->journal());
        $other->end();
    }

    public function testMovesAManualClock(): void
    {
        $this->esoz->choose('done-after-eta');
        $this->esoz->manualClock(self::NOON);
        $job = $this->create($this->esoz);
        self::assertSame('PENDING', $this->poll($this->esoz, $job)[1]['status']);
        $this->esoz->advance('3s');
        self::assertSame('DONE', $this->poll($this->esoz, $job)[1]['status']);
    }

    public function testFindsNothingWrongWithAGoodClient(): void
    {
        $this->goodClient();
        $this->assertPolledWell();
    }

    public function testNamesTheCause(): void
    {
        $this->hastyClient();
        $faults = (string) $this->esoz->faults();
        self::assertStringContainsString('eta-respected: ', $faults);
        self::assertStringContainsString('→ ', $faults);
        self::assertStringContainsString($this->esoz->page, $faults);
        $this->expectException(\PHPUnit\Framework\AssertionFailedError::class);
        $this->expectExceptionMessage('eta-respected: ');
        $this->assertPolledWell();
    }

    public function testTellsARuleThatWasKeptFromOneThatWasNotTried(): void
    {
        $this->goodClient();
        $this->assertFollowed('eta-respected');
        self::assertMatchesRegularExpression(
            '/^gives-up is not exercised: .*choose a scenario/',
            (string) $this->esoz->faultsOf('gives-up'),
        );
    }

    public function testSaysThatNobodyHasCalled(): void
    {
        self::assertStringContainsString('no request has come to session', (string) $this->esoz->faults());
    }

    public function testTakesTypedNames(): void
    {
        $this->goodClient(Scenario::FailedErrorList);
        self::assertSame(['failed-error-list'], array_column($this->esoz->jobs(), 'scenario'));
        $this->assertFollowed(Rule::EtaRespected);
        self::assertStringStartsWith('gives-up is not exercised', (string) $this->esoz->faultsOf(Rule::GivesUp));
    }

    public function testSaysWhatIsRefused(): void
    {
        try {
            $this->esoz->next('failed-error-lisp');
            self::fail('nothing was refused');
        } catch (SandboxError $error) {
            self::assertSame('USAGE_UNKNOWN_SCENARIO', $error->name);
            self::assertStringContainsString('did you mean failed-error-list', $error->getMessage());
        }
        $this->goodClient();
        try {
            $this->esoz->faultsOf('eta-respectet');
            self::fail('nothing was refused');
        } catch (SandboxError $error) {
            self::assertStringContainsString('did you mean eta-respected', $error->getMessage());
        }
        $this->expectExceptionMessageMatches('/clock.mode: .*manual/');
        $this->esoz->set(['clock' => ['mode' => 'manul']]);
    }

    private function goodClient(Scenario|string $scenario = 'failed-error-list'): void
    {
        $this->esoz->manualClock(self::NOON);
        $this->esoz->next($scenario);
        $job = $this->create($this->esoz);
        $this->esoz->advance('3s');
        $this->poll($this->esoz, $job);
    }

    private function hastyClient(): void
    {
        $this->esoz->manualClock(self::NOON);
        $job = $this->create($this->esoz);
        $this->poll($this->esoz, $job);
        $this->esoz->advance('3s');
        $this->poll($this->esoz, $job);
    }

    private function create(Session $session): string
    {
        return $this->call($session, 'POST', '', $session->example('createComposition'))[1]['id'];
    }

    private function poll(Session $session, string $job): array
    {
        return $this->call($session, 'GET', "/job/$job");
    }

    /** The client: status and data of a call of the API. */
    private function call(Session $session, string $method, string $path, ?array $body = null): array
    {
        $header = ['Authorization: Bearer demo', 'api-key: demo', 'Content-Type: application/json'];
        $http = ['method' => $method, 'ignore_errors' => true, 'header' => $header];
        if ($body !== null) {
            $http['content'] = json_encode($body);
        }
        $url = "{$session->url}/api/patients/composition$path";
        $text = file_get_contents($url, false, stream_context_create(['http' => $http]));
        $status = (int) explode(' ', $http_response_header[0])[1];
        return [$status, json_decode((string) $text, true)['data'] ?? null];
    }
}
