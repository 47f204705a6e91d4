export const entry = {
  name: '@azure/core-lro',
  kind: 'other',
  what: 'asks at once, then every 2 s; any status above 299 without a body that it knows is "failed"',
  packages: ['@azure/core-lro'],
  command: ['node', 'test/clients/azure-lro.mjs'],
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'survives-a-blip'],
      may: [
        'newest-eta-used',
        'retry-after-honoured',
        'expectations',
        'reaches-the-end',
        'reads-the-result',
      ],
      why: 'pollUntilDone polls before its first delay; toOperationStatus takes 503 for "failed", and a reset is thrown',
    },
  ],
};
