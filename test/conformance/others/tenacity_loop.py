"""tenacity as a waiting loop: full jitter, a minute long; it knows no eta."""
import requests
from tenacity import RetryError, Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from scheduled import HEADERS, finish, is_final, poll_url, say, schedule


class Hopeless(Exception):
    """An answer after which asking again is of no use."""


class NotYet(Exception):
    """Not at its end, or no answer that says so."""


def ask(job):
    answer = requests.get(poll_url(job), headers=HEADERS, timeout=15)
    if answer.status_code in (401, 403, 404):
        raise Hopeless(answer.status_code)
    if answer.status_code != 200 or not is_final(answer.json()['data']):
        raise NotYet(answer.status_code)
    return answer.json()['data']


request, scheduled = schedule()
loop = Retrying(
    wait=wait_random_exponential(multiplier=1, max=60),
    stop=stop_after_delay(60),
    retry=retry_if_exception(lambda error: not isinstance(error, Hopeless)),
)
try:
    finish(request, loop(ask, scheduled))
except (Hopeless, RetryError) as error:
    say('ended with %r' % error)
