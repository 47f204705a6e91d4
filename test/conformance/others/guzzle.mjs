import { ofRetries } from './common.mjs';

/** The reading; the client is guzzle.php. */
export const entry = {
  name: 'Guzzle',
  kind: 'other',
  what: 'with Middleware::retry, as many write it: repeats a GET five times after a 5xx, after 1, 2, 4, … s',
  debian: ['php-guzzlehttp-guzzle', 'php-curl'],
  command: ['php', 'test/conformance/others/guzzle.php'],
  plays: ofRetries(
    {
      finds: ['retry-after-honoured'],
      why: 'RetryMiddleware::exponentialDelay knows the number of repetitions alone; a reset of a connection that is kept alive is repeated by libcurl (Curl_retry_request)',
    },
    {
      finds: ['retry-after-honoured'],
      why: 'busy-for-4s says 4 s and is asked after 1 s; in the outage the pauses are 1, 2, 4, 8 s',
    },
  ),
};
