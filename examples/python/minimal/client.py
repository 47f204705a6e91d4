"""Creates a composition: the least of a poller that is right. Python 3.8 or later, no packages."""
import http.client
import json
import os
import time
import urllib.error
import urllib.request
from datetime import datetime
from urllib.parse import urljoin

BASE = os.environ.get('ESOZ_SANDBOX_URL', 'http://127.0.0.1:4010')
PATIENCE = 600
token = os.environ.get('ESOZ_TOKEN', 'demo')


def call(method, path, body=None, renewed=False):
    """Status (0: no answer that can be read), data, Retry-After in seconds."""
    global token
    headers = {'Authorization': f'Bearer {token}', 'api-key': 'demo', 'Content-Type': 'application/json'}
    request = urllib.request.Request(f'{BASE}/api{path}', body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)['data'], 0
    except urllib.error.HTTPError as refusal:
        if refusal.code == 401 and not renewed:
            token += '-renewed'  # in real life: ask the authorisation server
            time.sleep(1)
            return call(method, path, body, renewed=True)
        wait = refusal.headers.get('Retry-After', '')
        return refusal.code, None, int(wait) if wait.isdigit() else 0
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return 0, None, 0


def until(eta):
    """Seconds to wait: until eta, and a second at the least."""
    try:
        return max(1, datetime.fromisoformat(eta.replace('Z', '+00:00')).timestamp() - time.time())
    except (AttributeError, ValueError):
        return 1


def poll(job):
    """The job at its end; None when it is lost, or patience is over."""
    path, deadline = f"/patients/composition/job/{job['id']}", time.monotonic() + PATIENCE
    pause, missing, failures = until(job.get('eta')), 0, 0
    while missing < 3 and failures < 8 and time.monotonic() + pause < deadline:
        time.sleep(pause)
        status, now, wait = call('GET', path)
        if status == 200:
            if now.get('status') in ('DONE', 'FAILED'):
                return now
            pause, missing, failures = until(now.get('eta')), 0, 0  # the newest eta counts
        elif status in (0, 404, 429) or status >= 500:  # it may pass: ask again, each time later
            missing, failures = missing + (status == 404), failures + 1
            pause = max(wait, 2 ** (failures - 1))
        else:
            break
    return None


def submit(body):
    """Schedules the composition that the JSON text tells, and says what became of it."""
    status, job, _ = call('POST', '/patients/composition', body)
    if not job:  # not sent again: what broke off on its way back may have been scheduled
        return f'not scheduled: {status}'
    end = poll(job)
    if not end:
        return 'outcome unknown'
    if end['status'] == 'FAILED':
        return f'FAILED: {json.dumps(end, ensure_ascii=False)}'
    conclusion = json.loads(body)
    patient, encounter = conclusion['subject']['value'], conclusion['encounter']['value']
    made = end['links'][0]['href'].split('/')[-1]
    status, composition, _ = call('GET', f'/patients/{patient}/encounter/{encounter}/composition/{made}')
    return f"DONE, read {made}: {composition['status'] if composition else status}"


if __name__ == '__main__':
    with urllib.request.urlopen(urljoin(BASE, '/__sandbox/examples/createComposition')) as example:
        print(submit(example.read()))
