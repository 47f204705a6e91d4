"""Creates a composition, polls its job, reads the result. Python 3.8 or later, no packages."""
import email.utils
import http.client
import json
import os
import time
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

BASE = urlsplit(os.environ.get('ESOZ_SANDBOX_URL', 'http://127.0.0.1:4010'))
CONNECTION = http.client.HTTPSConnection if BASE.scheme == 'https' else http.client.HTTPConnection
TIMEOUT = float(os.environ.get('ESOZ_TIMEOUT_SECONDS', 10))
PACE = float(os.environ.get('ESOZ_PACE', 1))  # the sandbox may run faster
PATIENCE = float(os.environ.get('ESOZ_PATIENCE_SECONDS', 600)) / PACE
LEAST = 1 / PACE  # between two polls
API_KEY = os.environ.get('ESOZ_API_KEY', 'demo')
token = os.environ.get('ESOZ_TOKEN', 'demo')
say = partial(print, flush=True)


def new_token():
    return token + '-renewed'  # in real life: ask the authorisation server


def sleep_until(moment):
    while (left := moment - time.time()) > 0:
        time.sleep(left)


def after(wait, eta=None):
    """When to ask next: `wait` seconds from now, and not before `eta` (RFC 3339) nor at once."""
    try:
        moment = datetime.fromisoformat(eta.replace('Z', '+00:00')).timestamp()
    except (AttributeError, ValueError):
        moment = 0
    return max(moment, time.time() + max(wait, LEAST))


def asked(text):
    """Retry-After in seconds: a number or a date (RFC 9110, 10.2.3); None without it."""
    if text and text.isdigit():
        number = int(text)
        if number < 1e9:
            return number
        # Some platforms send a moment in place of a length: Unix seconds, or milliseconds.
        return (number / 1000 if number > 1e11 else number) - time.time()
    date = email.utils.parsedate_tz(text or '')
    return email.utils.mktime_tz(date) - time.time() if date else None


def call(method, path, body=None, renewed=False):
    """Status (0: no answer), text, data, Retry-After. A 401 gets a new token and one more try."""
    global token
    headers = {'Authorization': f'Bearer {token}', 'api-key': API_KEY}
    headers['Content-Type'] = 'application/json'
    deadline = time.monotonic() + TIMEOUT
    connection = CONNECTION(BASE.netloc, timeout=TIMEOUT)  # limits each read; the loop all of them
    try:
        connection.request(method, f'{BASE.path}/api{path}', body, headers)
        answer, content = connection.getresponse(), b''
        while chunk := answer.read1():
            content += chunk
            if time.monotonic() > deadline:
                raise TimeoutError
        if answer.length:
            raise http.client.IncompleteRead(content, answer.length)
    except (OSError, http.client.HTTPException) as error:
        return 0, f'no answer, {type(error).__name__}', None, None
    finally:
        connection.close()
    if answer.status == 401 and not renewed:
        say('401: going on with a new token')
        token = new_token()
        time.sleep(LEAST)
        return call(method, path, body, renewed=True)
    text = content.decode(errors='replace')
    return answer.status, text, data_of(text), asked(answer.headers['Retry-After'])


def data_of(text):
    """What `data` holds, or all of it when there is no such envelope; None when it is not JSON."""
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return (content.get('data') or content) if isinstance(content, dict) else content


def schedule(body, tries=1):
    status, text, job, wait = call('POST', '/patients/composition', body)
    if 200 <= status < 300 and isinstance(job, dict) and 'id' in job:
        return job
    refused = status in (429, 503) and wait is not None
    if refused and tries < 4:
        say(f'{status}: no job was made, scheduling again in {wait} s')
        sleep_until(after(wait))
        return schedule(body, tries + 1)
    # What may have been scheduled is not sent again: that could make two compositions.
    known = refused or 400 <= status < 500
    say('not scheduled:' if known else 'outcome unknown, not sent again:', status, text)


def poll(job):
    """The job at its end; None when we stop before."""
    path = f"/patients/composition/job/{job['id']}"
    deadline = time.time() + PATIENCE
    turn, missing, passing = after(LEAST, job.get('eta')), 0, 0  # failures since the last good answer
    while turn <= deadline and missing < 3 and passing < 8:
        sleep_until(turn)
        status, text, job, wait = call('GET', path)
        if status == 200 and isinstance(job, dict):
            if job.get('status') in ('DONE', 'FAILED'):
                return job
            # An unknown word is no end.
            say(f"{job.get('status') or 'no status'}, eta {job.get('eta')}")
            turn, missing, passing = after(LEAST, job.get('eta')), 0, 0
            continue
        if 400 <= status < 500 and status not in (404, 429):
            return say('stopped:', status, text)
        if status == 404:  # a new job may not be visible at once
            missing += 1
        else:
            passing += 1
        times = missing if status == 404 else passing
        say(f'failure {times}: {status or text}')
        turn = after(min(2 ** (times - 1), 30) * LEAST if wait is None else wait)
    say('gave up, outcome unknown')


def reason_of(job):
    """The reason of a FAILED job stands in one of six places."""
    reasons = [link.get('error') for link in job.get('links') or []]
    texts = [why.get('message') if isinstance(why, dict) else why for why in reasons]
    errors = job.get('error') or []
    for error in errors if isinstance(errors, list) else [errors]:
        if isinstance(error, str):
            error = {'message': error}
        texts.append(error.get('message'))
        texts += [f"{rule['code']}: {rule['description']}" for rule in error.get('rules') or []]
    texts.append(((job.get('response_data') or {}).get('error') or {}).get('message'))
    return next(filter(None, texts), 'no reason is given')


def read_result(job, patient, encounter):
    hrefs = [link['href'] for link in job.get('links') or [] if link.get('href')]
    found = hrefs[0].split('/')[-1] if hrefs else None
    if not found:  # no usable link: the newest composition of the encounter
        query = f'subject={patient}&encounter={encounter}'
        _, _, data, _ = call('GET', f'/patients/searchComposition?{query}')
        newest = sorted(data, key=lambda one: one['date'])[-1:] if isinstance(data, list) else []
        found = newest[0]['identifier']['value'] if newest else None
    if not found:
        return say('DONE, but the composition was not found')
    path = f'/patients/{patient}/encounter/{encounter}/composition/{found}'
    status, text, data, _ = call('GET', path)
    if status == 200 and isinstance(data, dict):
        say(f"DONE, read {found}: {data.get('status')} {data.get('title')}")
    else:
        say(f'DONE, but reading {found} failed: {status} {text}')


def main():
    connection = CONNECTION(BASE.netloc, timeout=TIMEOUT)
    connection.request('GET', '/__sandbox/examples/createComposition')
    body = connection.getresponse().read()
    job = schedule(body)
    if job:
        say(f"scheduled {job['id']}, eta {job.get('eta')}")
    end = poll(job) if job else None
    if end and end['status'] == 'FAILED':
        say('FAILED:', reason_of(end))
    elif end:
        request = json.loads(body)
        read_result(end, request['subject']['value'], request['encounter']['value'])


if __name__ == '__main__':
    main()
