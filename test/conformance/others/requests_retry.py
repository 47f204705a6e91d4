"""requests with Retry of urllib3 on its adapter: waits for eta, and leaves each GET with its repetitions to them."""
import time
from datetime import datetime

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from scheduled import HEADERS, finish, is_final, poll_url, say, schedule

session = requests.Session()
retry = Retry(total=5, backoff_factor=1, status_forcelist=[500, 502, 503, 504], raise_on_status=False)
session.mount('http://', HTTPAdapter(max_retries=retry))


def poll(job):
    """The job at its end; None when the client gives up."""
    headers, eta, missing = dict(HEADERS), job['eta'], 0
    while True:
        moment = datetime.fromisoformat(eta.replace('Z', '+00:00')).timestamp()
        time.sleep(max(moment - time.time() + 0.001, 1))
        answer = session.get(poll_url(job), headers=headers, timeout=15)
        if answer.status_code == 200:
            told = answer.json()['data']
            if is_final(told):
                return told
            eta, missing = told['eta'], 0
        elif answer.status_code == 404 and missing < 2:
            missing += 1
        elif answer.status_code == 401 and headers == HEADERS:
            headers['Authorization'] += '-renewed'
        else:
            return say('gave up at %s' % answer.status_code)


request, scheduled = schedule()
try:
    end = poll(scheduled)
    if end:
        finish(request, end)
except requests.RequestException as error:
    say('ended with %s' % error)
