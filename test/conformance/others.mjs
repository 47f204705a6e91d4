// All pollers of others, in the order of the page; the reading of each stands in its file.
import { entry as ansible } from './others/ansible.mjs';
import { entry as assemblyai } from './others/assemblyai.mjs';
import { entry as asyncRetry } from './others/async-retry.mjs';
import { entry as asyncWaitUntil } from './others/async-wait-until.mjs';
import { entry as awsSigner } from './others/aws-signer.mjs';
import { entry as axiosRetry } from './others/axios-retry.mjs';
import { entry as azureLro } from './others/azure-lro.mjs';
import { entry as azureLroLocation } from './others/azure-lro-location.mjs';
import { entry as cockatiel } from './others/cockatiel.mjs';
import { entry as curl } from './others/curl.mjs';
import { entry as exponentialBackoff } from './others/exponential-backoff.mjs';
import { entry as fal } from './others/fal.mjs';
import { entry as fetchRetry } from './others/fetch-retry.mjs';
import { entry as got } from './others/got.mjs';
import { entry as guzzle } from './others/guzzle.mjs';
import { entry as ky } from './others/ky.mjs';
import { entry as openai } from './others/openai.mjs';
import { entry as openidClient } from './others/openid-client.mjs';
import { entry as pRetry } from './others/p-retry.mjs';
import { entry as pWaitFor } from './others/p-wait-for.mjs';
import { entry as pollUntilPromise } from './others/poll-until-promise.mjs';
import { entry as promisePoller } from './others/promise-poller.mjs';
import { entries as python } from './others/python.mjs';
import { entry as replicate } from './others/replicate.mjs';
import { entry as rxjs } from './others/rxjs.mjs';
import { entry as smithyWaiter } from './others/smithy-waiter.mjs';
import { entry as superagent } from './others/superagent.mjs';
import { entry as undiciRetryAgent } from './others/undici-retry-agent.mjs';
import { entry as wget } from './others/wget.mjs';

export const OTHERS = [
  smithyWaiter,
  awsSigner,
  azureLro,
  azureLroLocation,
  openai,
  replicate,
  fal,
  assemblyai,
  openidClient,
  got,
  ky,
  axiosRetry,
  undiciRetryAgent,
  pRetry,
  promisePoller,
  asyncRetry,
  pollUntilPromise,
  pWaitFor,
  asyncWaitUntil,
  rxjs,
  fetchRetry,
  exponentialBackoff,
  cockatiel,
  superagent,
  ...python,
  ansible,
  guzzle,
  curl,
  wget,
];
