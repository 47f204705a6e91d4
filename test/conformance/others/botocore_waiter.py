"""A waiter of botocore, with a model as its services have them: asks at once, then every five seconds."""
import requests
from botocore.exceptions import WaiterError
from botocore.waiter import Waiter, WaiterModel

from scheduled import HEADERS, finish, poll_url, say, schedule

STATES = {'DONE': 'success', 'FAILED': 'failure'}
ACCEPTORS = [
    {'matcher': 'path', 'argument': 'data.status', 'expected': word, 'state': state}
    for word, state in STATES.items()
]
MODEL = WaiterModel({
    'version': 2,
    'waiters': {
        'JobDone': {'operation': 'GetJob', 'delay': 5, 'maxAttempts': 20, 'acceptors': ACCEPTORS},
    },
})
seen = {}


def get_job(job):
    answer = requests.get(poll_url(job), headers=HEADERS, timeout=15)
    told = {'ResponseMetadata': {'HTTPStatusCode': answer.status_code}}
    if answer.status_code >= 400:
        return {**told, 'Error': {'Code': str(answer.status_code), 'Message': answer.reason}}
    seen.update(answer.json()['data'])
    return {**told, 'data': seen}


request, scheduled = schedule()
try:
    Waiter('JobDone', MODEL.get_waiter('JobDone'), get_job).wait(job=scheduled)
    finish(request, seen)
except WaiterError as error:
    say('FAILED: %s' % seen if seen.get('status') == 'FAILED' else 'ended with %s' % error)
except requests.RequestException as error:
    say('ended with %s' % error)
