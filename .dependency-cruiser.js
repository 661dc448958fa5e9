/**
 * The import table of docs/architecture.md, held mechanically. Each room names what it may see of ours;
 * anything else between rooms is an error, and so is any import cycle.
 */
export const rooms = {
  'runtime/engine': [],
  'runtime/conditions': [],
  'runtime/actions': ['runtime/conditions', 'runtime/engine/ports'],
  'runtime/mail': [],
  'runtime/mailboxes': ['runtime/authorisations', 'runtime/graph', 'runtime/mail'],
  'runtime/authorisations': ['runtime/egress', 'runtime/engine/ports', 'runtime/store'],
  'runtime/sign-in': ['runtime/authorisations/(exchange|generic-client)', 'runtime/egress', 'runtime/engine/ports'],
  'runtime/egress': ['runtime/engine/ports'],
  'runtime/graph': ['runtime/authorisations/credentials', 'runtime/egress/door', 'runtime/mailboxes/backoff'],
  'runtime/store': [],
  'runtime/settings': [],
  'runtime/queues': ['runtime/store'],
  'runtime/flows': ['runtime/store'],
  'runtime/traffic': ['runtime/store'],
  'runtime/domains': [],
  'runtime/cases': ['runtime/engine', 'runtime/flows'],
  'runtime/outbound': ['runtime/authorisations', 'runtime/graph', 'runtime/mail', 'runtime/settings', 'runtime/store'],
  'runtime/alarms': ['runtime/engine/ports', 'runtime/store'],
  'runtime/reconciliation': ['runtime/store'],
  'runtime/retention': ['runtime/store'],
  'runtime/filters': ['runtime/mail', 'runtime/store'],
  'runtime/audit': ['runtime/store'],
  'runtime/upkeep': ['runtime/audit', 'runtime/flows/durable-file', 'runtime/settings', 'runtime/store'],
  'runtime/sender-proof': [],
  'runtime/backtest': [
    'runtime/engine',
    'runtime/actions',
    'runtime/conditions',
    'runtime/intake/(route|way-to-flow)',
    'runtime/settings/directory',
    'runtime/store',
  ],
  'runtime/answering': [
    'runtime/intake/(conversations|interventions)',
    'runtime/mail',
    'runtime/outbound',
    'runtime/queues',
    'runtime/store',
  ],
  'runtime/intake': [
    'runtime/mail',
    'runtime/engine',
    'runtime/actions/index',
    'runtime/flows',
    'runtime/filters',
    'runtime/settings',
    'runtime/queues',
    'runtime/outbound',
    'runtime/sender-proof',
    'runtime/store',
    'runtime/traffic',
  ],
};

/** What says the same in every room: how a folder is made, and what to do about one that cannot be used. */
const everyRoom = ['runtime/make-folder', 'runtime/work-in-folder'];

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room.replace('/', '-')}-imports`,
  comment: `${room} may import schemas${allowed.length > 0 ? `, ${allowed.join(', ')}` : ''} and packages.`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: '^(runtime|designer|test|flows)/',
    pathNot: [room, ...everyRoom, ...allowed].map((path) => `^${path}`),
  },
}));

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'An import cycle makes load order matter.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'schemas-stand-alone',
      comment: 'The contract is read by the browser and the server: nothing of ours, no Node.',
      severity: 'error',
      from: { path: '^schemas/', pathNot: '^schemas/json/generate' },
      to: { path: '^(runtime|designer|test)/|^node:', dependencyTypesNot: ['npm'] },
    },
    {
      name: 'schemas-no-node',
      severity: 'error',
      from: { path: '^schemas/', pathNot: '^schemas/json/generate' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'designer-meets-runtime-only-in-schemas-and-http',
      severity: 'error',
      from: { path: '^designer/' },
      to: { path: '^(runtime|test)/' },
    },
    { name: 'designer-no-node', severity: 'error', from: { path: '^designer/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'http-not-main',
      severity: 'error',
      from: { path: '^runtime/http/' },
      to: { path: '^runtime/(main|start|serve|cli|create-runtime)|^(designer|test)/' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(designer|runtime|schemas)/' },
      to: { path: '^test/' },
    },
    {
      name: 'large-packages-when-needed',
      comment: 'Megabytes that few installations need: import() where the first one does.',
      severity: 'error',
      from: { path: '^runtime/' },
      to: {
        path: 'node_modules/(@azure/msal-node|fast-xml-parser|openid-client|sanitize-html)/|^runtime/(egress/guarded-door|mailboxes/ews/transport)',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    ...roomRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
