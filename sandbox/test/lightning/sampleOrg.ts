import express from 'express';

/** What the sample org was asked for, in order. */
export interface SampleOrg {
  readonly router: express.Router;
  readonly apexCalls: { method: string; parameters: unknown }[];
  /** Tasks that the timeline reads. */
  readonly tasks: Record<string, unknown>[];
}

const CONTACT_ID = '003000000000001AAA';

const CONTACTS = [
  {
    Id: CONTACT_ID,
    Name: 'Ana Ruiz',
    Title: 'Buyer',
    Phone: '+1 303 555 0142',
    Account: { Name: 'Acme Ltd' },
  },
  { Id: '003000000000002AAA', Name: 'Ben Kay', Title: null, Phone: null, Account: null },
  {
    Id: '003000000000003AAA',
    Name: 'Jo Lee-Fotheringham-Smythe',
    Title: 'Head of Procurement',
    Phone: '+44 20 7946 0123',
    Account: { Name: 'Very Long Company Name of the North and South Ltd' },
  },
];

const FIELDS = ['Name', 'AccountId', 'Title', 'Email', 'Phone', 'MobilePhone', 'DoNotCall', 'OwnerId'];

function recordsFor(soql: string, tasks: readonly object[]): readonly object[] {
  const from = /FROM (\w+)/u.exec(soql)?.[1];
  switch (from) {
    case 'User':
      return [
        { Name: 'Maya Lindqvist', Title: 'Sales', TimeZoneSidKey: 'America/Denver', LocaleSidKey: 'en_US' },
      ];
    case 'Organization':
      return [{ Name: 'Northwind Outdoor' }];
    case 'PermissionSetAssignment':
      return [{ PermissionSet: { Name: 'Sample_User' } }];
    case 'Task':
      return tasks;
    default: {
      const id = /WHERE Id = '(\w+)'/u.exec(soql)?.[1];
      return CONTACTS.filter((contact) => id === undefined || contact.Id === id).map((contact) => ({
        ...contact,
        Email: 'ana@example.com',
        MobilePhone: '+1 303 555 0155',
        DoNotCall: contact.Id !== CONTACT_ID,
        Owner: { Name: 'Maya Lindqvist' },
      }));
    }
  }
}

/** The few answers of an org that the page's own tests need, in the shapes of the Salesforce REST API. */
export function createSampleOrg(): SampleOrg {
  const router = express.Router();
  const apexCalls: SampleOrg['apexCalls'] = [];
  const tasks: SampleOrg['tasks'] = [];
  router.use(express.json());
  router.get('/sandbox/users', (_request, response) => {
    response.json([
      { userId: '005000000000001AAA', name: 'Maya Lindqvist', title: 'Sales Representative', role: 'Rep' },
      { userId: '005000000000002AAA', name: 'Ingrid Bauer', title: 'Sales Manager', role: 'Manager' },
    ]);
  });
  router.post('/sandbox/login', (request, response) => {
    const { userId } = request.body as { userId: string };
    response.json({ accessToken: 'token', instanceUrl: '', userId, orgId: '00D000000000001AAA' });
  });
  router.use('/services', (request, response, next) => {
    if (request.headers.authorization === 'Bearer token') {
      next();
    } else {
      response.status(401).json([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
    }
  });
  router.get('/services/data/v66.0/query', (request, response) => {
    const records = recordsFor(String(request.query['q']), tasks);
    response.json({ totalSize: records.length, done: true, records });
  });
  router.get('/services/data/v66.0/sobjects/Contact/describe', (_request, response) => {
    const fields = FIELDS.map((name) => ({
      name,
      label: name === 'AccountId' ? 'Account ID' : name,
      type: name === 'DoNotCall' ? 'boolean' : 'string',
    }));
    response.json({ label: 'Contact', fields });
  });
  router.get('/services/data/v66.0/ui-api/records/:id', (request, response) => {
    const { fields: required = '', optionalFields = '' } = request.query;
    const names = `${String(required)},${String(optionalFields)}`.split(',').filter(Boolean);
    const fields = names.map((name) => [
      name.split('.')[1],
      { value: `value of ${name}`, displayValue: null },
    ]);
    response.json({
      id: request.params.id,
      apiName: 'Contact',
      fields: Object.fromEntries(fields) as object,
    });
  });
  router.post('/services/data/v66.0/graphql', (request, response) => {
    response.json({ data: { echo: request.body as unknown }, errors: [] });
  });
  router.post('/lightning/apex/:className/:method', (request, response) => {
    apexCalls.push({
      method: `${request.params.className}.${request.params.method}`,
      parameters: request.body as unknown,
    });
    response.json(`answer ${apexCalls.length}`);
  });
  return { router, apexCalls, tasks };
}
