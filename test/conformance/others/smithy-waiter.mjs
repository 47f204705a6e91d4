export const entry = {
  name: '@smithy/util-waiter',
  kind: 'other',
  what: 'the loop of all AWS waiters: asks at once, then after 2 to 10 s by chance, 40 s long',
  packages: ['@smithy/util-waiter'],
  command: ['node', 'test/clients/smithy-waiter.mjs'],
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'stops-on-404', 'stops-on-refusal'],
      may: [
        'newest-eta-used',
        'retry-after-honoured',
        'backs-off',
        'expectations',
        'reaches-the-end',
        'reads-the-result',
      ],
      why: 'runPolling makes no pause before its first attempt; what a check does not know is RETRY, 404 and 401 too',
    },
  ],
};
