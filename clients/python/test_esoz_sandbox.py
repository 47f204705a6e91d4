"""What the fixture offers, shown with a client of a few lines. pytest, in this folder, runs it."""
import json
import urllib.request

import pytest

from esoz_sandbox import Rule, SandboxError, Scenario

NOON = '2026-01-31T12:00:00Z'


def call(session, method, path, body=None):
    """The client: status and data of a call of the API."""
    headers = {'Authorization': 'Bearer demo', 'api-key': 'demo', 'Content-Type': 'application/json'}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f'{session.url}/api/patients/composition{path}', data, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.loads(answer.read())['data']
    except urllib.error.HTTPError as refused:
        return refused.code, None


def create(session):
    _, job = call(session, 'POST', '', session.example('createComposition'))
    return job['id']


def poll(session, job):
    return call(session, 'GET', f'/job/{job}')


def test_plays_the_scenario_that_is_next(esoz):
    esoz.manual_clock(NOON)
    esoz.next('failed-error-list')
    job = create(esoz)
    esoz.advance('3s')
    _, data = poll(esoz, job)
    assert data['status'] == 'FAILED'
    assert [each['scenario'] for each in esoz.jobs()] == ['failed-error-list']


def test_keeps_sessions_apart(esoz, esoz_sandbox):
    other = esoz_sandbox.session('other')
    job = create(other)
    assert poll(esoz, job)[0] == 404
    assert len(esoz.journal()) == 1
    other.end()


def test_moves_a_manual_clock(esoz):
    esoz.choose('done-after-eta')
    esoz.manual_clock(NOON)
    job = create(esoz)
    assert poll(esoz, job)[1]['status'] == 'PENDING'
    esoz.advance('3s')
    assert poll(esoz, job)[1]['status'] == 'DONE'


def good_client(esoz, scenario='failed-error-list'):
    esoz.manual_clock(NOON)
    esoz.next(scenario)
    job = create(esoz)
    esoz.advance('3s')
    poll(esoz, job)


def hasty_client(esoz):
    esoz.manual_clock(NOON)
    job = create(esoz)
    poll(esoz, job)
    esoz.advance('3s')
    poll(esoz, job)


def test_finds_nothing_wrong_with_a_good_client(esoz):
    good_client(esoz)
    esoz.assert_polled_well()


def test_names_the_cause(esoz):
    hasty_client(esoz)
    with pytest.raises(AssertionError) as failure:
        esoz.assert_polled_well()
    assert 'eta-respected: ' in str(failure.value)
    assert '→ ' in str(failure.value)
    assert esoz.page in str(failure.value)


def test_tells_a_rule_that_was_kept_from_one_that_was_not_tried(esoz):
    good_client(esoz)
    esoz.assert_followed('eta-respected')
    with pytest.raises(AssertionError, match='gives-up is not exercised: .*choose a scenario'):
        esoz.assert_followed('gives-up')


def test_says_that_nobody_has_called(esoz):
    with pytest.raises(AssertionError, match='no request has come to session'):
        esoz.assert_polled_well()


def test_takes_typed_names(esoz):
    good_client(esoz, Scenario.FAILED_ERROR_LIST)
    assert [each['scenario'] for each in esoz.jobs()] == ['failed-error-list']
    esoz.assert_followed(Rule.ETA_RESPECTED)
    with pytest.raises(AssertionError, match='^gives-up is not exercised'):
        esoz.assert_followed(Rule.GIVES_UP)
    with pytest.raises(AttributeError, match='Scenario has no FAILED_ERROR_LISP; did you mean FAILED_ERROR_LIST?'):
        Scenario.FAILED_ERROR_LISP


def test_says_what_is_refused(esoz):
    with pytest.raises(SandboxError, match='did you mean failed-error-list') as refused:
        esoz.next('failed-error-lisp')
    assert refused.value.code == 'USAGE_UNKNOWN_SCENARIO'
    with pytest.raises(SandboxError, match='clock.mode: .*manual'):
        esoz.set(clock={'mode': 'manul'})
    good_client(esoz)
    with pytest.raises(SandboxError, match='unknown rule "eta-respectet"; did you mean eta-respected'):
        esoz.assert_followed('eta-respectet')
