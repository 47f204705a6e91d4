"""backoff as a waiting loop whose pauses are read from each answer: its eta, its Retry-After, or two seconds."""
import time
from datetime import datetime

import backoff
import requests

from scheduled import HEADERS, finish, is_final, poll_url, say, schedule

MISSING = {'times': 0}


def seconds_to(eta):
    moment = datetime.fromisoformat(eta.replace('Z', '+00:00')).timestamp()
    return max(moment - time.time() + 0.001, 1)


def wait_of(told):
    """As the answer says; two seconds where it says nothing."""
    status, job, headers = told
    if job is not None:
        return seconds_to(job['eta'])
    return int(headers.get('Retry-After', 2))


def goes_on(told):
    status, job, _ = told
    MISSING['times'] = MISSING['times'] + 1 if status == 404 else 0
    return status != 401 and MISSING['times'] < 3 and not (job and is_final(job))


@backoff.on_predicate(backoff.runtime, goes_on, value=wait_of, jitter=None, max_time=120)
def ask(job):
    try:
        answer = requests.get(poll_url(job), headers=HEADERS, timeout=15)
        told = answer.json()['data'] if answer.status_code == 200 else None
        return answer.status_code, told, answer.headers
    except (requests.RequestException, ValueError):
        return 0, None, {}


request, scheduled = schedule()
time.sleep(seconds_to(scheduled['eta']))
end = ask(scheduled)[1]
if end and is_final(end):
    finish(request, end)
else:
    say('gave up')
