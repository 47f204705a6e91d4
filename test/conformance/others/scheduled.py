"""What the pollers in Python have in common: they schedule a job, and read what has become of it."""
import os
import sys
from urllib.parse import urlsplit

import requests

BASE = os.environ['ESOZ_SANDBOX_URL']
HEADERS = {'Authorization': 'Bearer third-party', 'api-key': 'third-party'}


def say(line):
    print(line, flush=True)


def schedule():
    """The request's body, and the job as the answer tells it."""
    origin = '{0.scheme}://{0.netloc}'.format(urlsplit(BASE))
    body = requests.get(origin + '/__sandbox/examples/createComposition', timeout=10).json()
    answer = requests.post(BASE + '/api/patients/composition', json=body, headers=HEADERS, timeout=10)
    if answer.status_code != 200:
        sys.exit('scheduling was answered %s' % answer.status_code)
    return body, answer.json()['data']


def poll_url(job):
    return '%s/api/patients/composition/job/%s' % (BASE, job['id'])


def is_final(job):
    return job.get('status') in ('DONE', 'FAILED')


def finish(body, job):
    """Reads the result of a job that is done, and says why another one has failed."""
    if job['status'] == 'FAILED':
        return say('FAILED: %s' % job)
    path = '/api/patients/%s/encounter/%s/composition/%s' % (
        body['subject']['value'],
        body['encounter']['value'],
        job['links'][0]['href'].split('/')[-1],
    )
    answer = requests.get(BASE + path, headers=HEADERS, timeout=10)
    return say('result %s' % answer.status_code)
