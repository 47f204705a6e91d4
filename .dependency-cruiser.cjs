// Imports run one way: exe → cli → mcp → record → server → hunt → load → packs → sandbox → formats → store → scenario → faults → contract; server and cli read report and audit.
const order = [
  'exe',
  'cli',
  'mcp',
  'record',
  'server',
  'hunt',
  'load',
  'board',
  'report',
  'view',
  'audit',
  'packs',
  'sandbox',
  'guess',
  'formats',
  'store',
  'scenario',
  'faults',
  'contract',
];

/** What a report holds and how it is said: all forms of a report say it, and the components of the page. */
const WORDS_OF_REPORTS = '^src/report/(report|describe|process-words|cause-lines)[.]ts$';

/** Rooms that a room may not know: everything above it. */
const upward = order.slice(1).map((room) => {
  const above = order.slice(0, order.indexOf(room));
  return {
    name: `${room}-imports-upward`,
    comment: `src/${room} must not know ${above.join(', ')}`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: `^src/(${above.join('|')})/|^src/(index|vitest|pack)[.]ts$`,
      ...(room === 'view' ? { pathNot: WORDS_OF_REPORTS } : {}),
    },
  };
});

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'scenario-and-contract-are-strangers',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { path: '^src/(scenario|faults)/' },
    },
    {
      name: 'stores-look-into-nothing',
      comment: 'what facts and records say is for whoever keeps them',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { path: '^src/', pathNot: '^src/(store/|time/|sandbox-error[.]ts|error-codes[.]ts)' },
    },
    {
      name: 'scenario-is-pure',
      comment: 'scenarios know no contract and no I/O',
      severity: 'error',
      from: { path: '^src/scenario/' },
      to: {
        path: '^src/contract/|^(node:)?(fs|http|net|os|path|process|child_process|crypto)(/|$)',
      },
    },
    {
      name: 'audit-and-report-only-read',
      comment: 'judging and writing reports is pure: no I/O, and nothing of any one API',
      severity: 'error',
      from: { path: '^src/(audit|report)/' },
      to: { path: '^src/packs/|^(node:)?(fs|http|net|os|child_process)(/|$)' },
    },
    {
      name: 'sandbox-knows-no-http',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^(node:)?(fs|http|net)(/|$)|node_modules/express' },
    },
    {
      name: 'phrasebook-is-pure',
      comment: 'the page in the browser has the phrasebook as well',
      severity: 'error',
      from: { path: '^src/(texts/|say[.])', pathNot: '^src/texts/read-phrasebook[.]ts$' },
      to: { pathNot: '^src/(texts/|say[.])' },
    },
    {
      name: 'board-runs-in-a-browser',
      comment: 'the page talks to the control API alone: of what runs in Node it knows types only',
      severity: 'error',
      from: { path: '^src/(board|view)/' },
      to: {
        path: '^src/(load|packs|sandbox|guess|formats|contract)/|^node:',
        dependencyTypesNot: ['type-only', 'type-import'],
      },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'prism-in-its-thread-only',
      comment: 'importing Prism takes over a second',
      severity: 'error',
      from: { pathNot: '^src/contract/prism-(?:worker[.]ts|operations[.]c?js)$' },
      to: { path: 'node_modules/@stoplight' },
    },
    {
      name: 'ajv-and-re2-when-needed',
      comment:
        'contracts whose checks the build has compiled do without them, and load half as much',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/contract/(ajv|re2)[.]cjs$' },
      to: {
        path: 'node_modules/(ajv|ajv-formats|re2js)/',
        pathNot: 'node_modules/ajv/dist/runtime/',
        dependencyTypesNot: ['type-only', 'type-import'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
