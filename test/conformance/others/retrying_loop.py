"""retrying as a waiting loop: asks at once, then after 2, 4, 8, 10, 10, … s; it knows no eta."""
import requests
from retrying import RetryError, retry

from scheduled import HEADERS, finish, is_final, poll_url, say, schedule


class Hopeless(Exception):
    """An answer after which asking again is of no use."""


@retry(
    wait_exponential_multiplier=1000,
    wait_exponential_max=10000,
    stop_max_delay=60000,
    retry_on_result=lambda job: not is_final(job),
    retry_on_exception=lambda error: not isinstance(error, Hopeless),
)
def ask(job):
    answer = requests.get(poll_url(job), headers=HEADERS, timeout=15)
    if answer.status_code in (401, 403, 404):
        raise Hopeless(answer.status_code)
    answer.raise_for_status()
    return answer.json()['data']


request, scheduled = schedule()
try:
    finish(request, ask(scheduled))
except (Hopeless, RetryError, requests.RequestException) as error:
    say('ended with %r' % error)
