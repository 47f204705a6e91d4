/** What the rules go back to; each is named once here. */
export const SOURCES = {
  sequence: {
    text: 'ESOZ, method pages of asynchronous jobs: wait until eta, poll, wait until the new eta',
  },
  job: {
    text: 'ESOZ, method pages of asynchronous jobs: a job that is done links the result, one that has failed carries the error',
  },
  contract: { text: 'the contract, an OpenAPI document' },
  retryAfter: {
    text: 'RFC 9110 §10.2.3 Retry-After',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3',
  },
  deviceFlow: {
    text: 'RFC 8628 §3.5: the interval of the answer is the least time between polls; slow_down adds 5 seconds to it',
    url: 'https://www.rfc-editor.org/rfc/rfc8628#section-3.5',
  },
  unauthorized: {
    text: 'RFC 9110 §15.5.2: after 401 the request may be repeated with new credentials',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2',
  },
  forbidden: {
    text: 'RFC 9110 §15.5.4: after 403 not with the same credentials',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4',
  },
  refresh: {
    text: 'RFC 6749 §6: a refresh token asks for an access token with the same access, or less',
    url: 'https://www.rfc-editor.org/rfc/rfc6749#section-6',
  },
  invalidGrant: {
    text: 'RFC 6749 §5.2: invalid_grant, the refresh token is invalid, has run out or was revoked',
    url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
  },
  rotation: {
    text: 'RFC 9700 §4.14.2: a refresh token that is used twice may end the whole grant',
    url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2',
  },
  insufficientScope: {
    text: 'RFC 6750 §3.1: insufficient_scope, 403: the request needs more than the token allows',
    url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
  notFound: {
    text: 'RFC 9110 §15.5.5: 404 may be temporary or permanent',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5',
  },
  idempotent: {
    text: 'RFC 9110 §9.2.2: idempotent requests may be repeated by themselves, others not',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  },
  concurrency: {
    text: 'RFC 9112 §9.4: a client limits what it asks of a server at the same time',
    url: 'https://www.rfc-editor.org/rfc/rfc9112#section-9.4',
  },
  bearer: {
    text: 'RFC 6750 §5.3: bearer tokens do not belong into page URLs',
    url: 'https://www.rfc-editor.org/rfc/rfc6750#section-5.3',
  },
  waiters: {
    text: 'Smithy waiters (AWS): least and greatest delay, a greatest time to wait, terminal states',
    url: 'https://smithy.io/2.0/additional-specs/waiters.html',
  },
  backoff: {
    text: 'Amazon Builders’ Library, Timeouts, retries and backoff with jitter',
    url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  },
  azure: {
    text: 'Azure REST API guidelines, long-running operations: any other status means that it still runs',
    url: 'https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md#long-running-operations--jobs',
  },
  aip: {
    text: 'Google AIP-151, long-running operations: done holds a response or an error',
    url: 'https://google.aip.dev/151',
  },
  fhir: {
    text: 'FHIR R4, asynchronous request pattern: back off exponentially, heed Retry-After',
    url: 'https://hl7.org/fhir/R4/async.html',
  },
  webhookSuccess: {
    text: 'Standard Webhooks 1.0.0, Delivery success and failure: 2xx, and nothing else',
    url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#delivery-success-and-failure',
  },
  webhookSignature: {
    text: 'Standard Webhooks 1.0.0, Verifying webhook authenticity',
    url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#verifying-webhook-authenticity',
  },
  webhookId: {
    text: 'Standard Webhooks 1.0.0, Verifying signatures: webhook-id is an idempotency key',
    url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#verifying-signatures',
  },
  webhookReliability: {
    text: 'Standard Webhooks 1.0.0, Deliverability and reliability: sending may fail',
    url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability',
  },
  platform: {
    text: 'Platform conventions of ESOZ: Authorization and api-key are headers of every request',
  },
} as const;
