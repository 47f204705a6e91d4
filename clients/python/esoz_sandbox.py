"""ESOZ Sandbox for pytest: a session of its own for each test. Python 3.8 or later, no packages beside pytest.

    def test_shows_the_error(esoz):
        esoz.next('failed-error-list')
        my_client(esoz.url + '/api').run(conclusion)
        esoz.assert_polled_well()

`ESOZ_SANDBOX_URL` names a sandbox that runs already; without it one is started: `ESOZ_SANDBOX_COMMAND`, else
`esoz-sandbox`. Put this file beside your tests and say `from esoz_sandbox import esoz, esoz_sandbox` in conftest.py.
"""
import atexit
import json
import os
import re
import shlex
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import uuid

try:
    from .esoz_names import Rule, Scenario  # noqa: F401
except ImportError:
    from esoz_names import Rule, Scenario  # noqa: F401

try:
    import pytest
except ImportError:
    pytest = None


class SandboxError(Exception):
    """The sandbox has refused a call: what is wrong, and what to do."""

    def __init__(self, code, message):
        super().__init__(f'{code}: {message}')
        self.code = code


class Sandbox:
    """A sandbox that runs, here or elsewhere."""

    def __init__(self, url, process=None):
        parts = urllib.parse.urlsplit(url)
        self.url = f'{parts.scheme}://{parts.netloc}'
        # `esoz-sandbox exec` has begun a session for the whole command, and judges that.
        given = re.match(r'/~([^/]+)', parts.path)
        self._given = given and urllib.parse.unquote(given.group(1))
        self._process = process

    @classmethod
    def start(cls, *arguments):
        """The one at ESOZ_SANDBOX_URL, else one of its own; arguments are those of `serve`."""
        url = os.environ.get('ESOZ_SANDBOX_URL')
        if url:
            return cls(url)
        command = shlex.split(os.environ.get('ESOZ_SANDBOX_COMMAND', 'esoz-sandbox'), posix=os.name != 'nt')
        found = shutil.which(command[0])
        if not found:
            raise SandboxError('SANDBOX_NOT_FOUND', f'there is no {command[0]}; install it, name it in '
                               'ESOZ_SANDBOX_COMMAND, or name a running one in ESOZ_SANDBOX_URL')
        process = subprocess.Popen([found, *command[1:], 'serve', '--port', '0', '--json', '--ends-with-stdin', *arguments],
                                   # Nothing is written there: it closes when this process ends, even when it is killed.
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        first = process.stdout.readline()
        if not first:
            raise SandboxError('SANDBOX_NOT_STARTED', f'{command[0]} has ended with {process.wait()}')
        # Nobody reads on: it has to have somewhere to write.
        _drain(process.stdout)
        sandbox = cls(json.loads(first)['url'], process)
        atexit.register(sandbox.close)
        return sandbox

    def session(self, name='test', **setup):
        """A session of its own; `setup` as `PUT /__sandbox/sessions/NAME` takes it: scenario, clock, chaos."""
        if self._given:
            return Session(self, self._given, given=True)
        plain = re.sub(r'[^\w.-]+', '-', name)[:50]
        session = Session(self, f'{plain}-{uuid.uuid4().hex[:8]}')
        session.set(**setup)
        return session

    def call(self, method, path, body=None):
        """Calls the control API. Raises SandboxError where it refuses."""
        data = None if body is None else json.dumps(body).encode()
        headers = {'Content-Type': 'application/json', 'Accept': 'application/json'}
        token = os.environ.get('ESOZ_CONTROL_TOKEN')
        if token:
            headers['Authorization'] = f'Bearer {token}'
        request = urllib.request.Request(f'{self.url}/__sandbox{path}', data, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refused:
            error = json.loads(refused.read())['error']
            slips = [f'{slip["at"]}: {slip["description"]}' for slip in error.get('invalid', [])]
            raise SandboxError(error['code'], '; '.join([error['message'], *slips])) from None
        return json.loads(text) if text else None

    def close(self):
        """Ends it, where it was started here."""
        if self._process and self._process.poll() is None:
            self._process.stdin.close()
            self._process.terminate()
            self._process.wait()


class Session:
    """Jobs, clock and journal that no other test sees. The client's base URL is `url`; the API lies below it."""

    def __init__(self, sandbox, name, given=False):
        self.sandbox, self.name, self._given = sandbox, name, given
        self._path = f'/sessions/{urllib.parse.quote(name, safe="")}'
        self.url = f'{sandbox.url}/~{urllib.parse.quote(name, safe="")}'
        self.page = f'{sandbox.url}/__sandbox/#{self._path}'

    def set(self, **setup):
        """set(scenario='done-after-eta'), set(clock={'mode': 'manual'}), set(chaos=None), …"""
        self.sandbox.call('PUT', self._path, setup)

    def choose(self, scenario):
        """Every job lives this scenario: Scenario.DONE_AFTER_ETA, or the name of one of your own."""
        self.set(scenario=scenario)

    def next(self, scenario, times=1):
        """The next jobs live this scenario."""
        self.sandbox.call('POST', f'{self._path}/next', {'scenario': scenario, 'times': times})

    def manual_clock(self, now=None):
        """Time stands still until it is advanced; `now` is a moment as in 2026-01-31T08:00:00Z."""
        self.set(clock={'mode': 'manual', **({} if now is None else {'now': now})})

    def advance(self, by):
        """Moves a manual clock on: '3s', '5m'."""
        self.sandbox.call('POST', f'{self._path}/clock/advance', {'by': by})

    def example(self, operation):
        """An example body of an operation, such as createComposition."""
        return self.sandbox.call('GET', f'/examples/{operation}')

    def jobs(self):
        return self.sandbox.call('GET', f'{self._path}/jobs')['jobs']

    def journal(self):
        return self.sandbox.call('GET', f'{self._path}/journal')['exchanges']

    def verdict(self):
        """What is wrong with the client's polling, as JSON has it: held, causes, rules, jobs."""
        return self.sandbox.call('GET', f'{self._path}/verdict')

    def assert_polled_well(self):
        """Fails with the causes where a rule is broken, and where no request has come."""
        verdict = self._heard()
        assert verdict['held'], self._tell(verdict, 'the client breaks rules', verdict['causes'])

    def assert_followed(self, rule):
        """Fails where this rule was broken, or where nothing put the client to its test."""
        rule = getattr(rule, 'value', rule)
        verdict = self._heard()
        one = next((each for each in verdict['rules'] if each['rule'] == rule), None)
        if one is None:
            # Where there is no such rule, this is refused with the name of the nearest.
            self.sandbox.call('GET', f'{self._path}/verdict?tolerance={urllib.parse.quote(rule)}=off')
        assert one, f'{rule} is about nothing that this API does'
        outcome = one['outcome']
        assert outcome in ('passed', 'failed'), (
            f'{rule} is {outcome}: {one.get("reason", "it was switched off")}; choose a scenario that puts the client to this test')
        causes = [cause for cause in verdict['causes'] if cause['rule'] == rule]
        assert outcome == 'passed', self._tell(verdict, f'{rule} is broken: {one["title"]}', causes)

    def end(self):
        """Forgets all that it holds."""
        if not self._given:
            self.sandbox.call('DELETE', self._path)

    def _heard(self):
        verdict = self.verdict()
        assert verdict['exchanges'] > 0, f'no request has come to session {self.name}; does the client use its url, {self.url}?'
        return verdict

    def _tell(self, verdict, what, causes):
        lines = [f'{what} (session {verdict["session"]})']
        for cause in causes:
            lines += [f'✗ {cause["title"]}', f'  {cause["rule"]}: {cause["evidence"]["message"]}', f'  → {cause["advice"]}']
        return '\n'.join([*lines, f'see {self.page}'])


def _drain(stream):
    import threading
    threading.Thread(target=lambda: [None for _ in stream], daemon=True).start()


if pytest:
    @pytest.fixture(scope='session')
    def esoz_sandbox():
        """The sandbox of all tests."""
        sandbox = Sandbox.start()
        yield sandbox
        sandbox.close()

    @pytest.fixture
    def esoz(esoz_sandbox, request):
        """A session of the test's own."""
        session = esoz_sandbox.session(request.node.name)
        yield session
        session.end()
