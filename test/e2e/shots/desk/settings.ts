import type { DatedHours, Schedule } from '../../../../schemas/schedule.ts';
import type { Server } from '../../../support/start-server.ts';

const day = [
  { from: '09:00', to: '12:30' },
  { from: '13:15', to: '18:00' },
];
const holidays: DatedHours[] = [
  { date: '2026-12-24', name: 'Christmas Eve', hours: [{ from: '09:00', to: '12:00' }] },
  { date: '2026-12-25', name: 'Christmas', everyYear: true, hours: [] },
  { date: '2027-01-01', name: 'New Year', everyYear: true, hours: [] },
];
const officeHours: Schedule = {
  id: 'office-hours',
  name: 'Office hours',
  description: 'When somebody of Customer Care is there',
  timeZone: 'Europe/Berlin',
  weekly: {
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: [{ from: '09:00', to: '15:00' }],
    saturday: [],
    sunday: [],
  },
  dates: holidays,
};
const nightShift: Schedule = {
  ...officeHours,
  id: 'on-call',
  name: 'On call at weekends',
  description: 'Two people of the platform team',
  timeZone: 'Asia/Tokyo',
  weekly: {
    monday: [],
    tuesday: [],
    wednesday: [],
    thursday: [],
    friday: [],
    saturday: [{ from: '00:00', to: '24:00' }],
    sunday: [{ from: '00:00', to: '24:00' }],
  },
  dates: [],
};

/** Queues, lists, schedules, people, tokens, routes, and two mailboxes whose servers are away. */
export async function fillSettings(server: Server): Promise<void> {
  const post = (path: string, body: unknown) => server.api('POST', path, body);
  await post('/api/queues', { id: 'deliveries', name: 'Parcels and deliveries', description: 'Warehouse Leipzig' });
  await post('/api/queues', {
    id: 'escalations',
    name: 'Escalations to the management of Customer Care, second level',
  });
  await post('/api/lists', {
    id: 'contract-customers',
    name: 'Contract customers',
    description: 'Kept by the sales desk',
    values: Array.from(
      { length: 42 },
      (_, at) => `${['it', 'support', 'office', 'purchasing'][at % 4]}@customer-${at}.example`,
    ),
  });
  await post('/api/lists', { id: 'blocked', name: 'Blocked senders', values: ['@spam.example', 'win@prize.example'] });
  await post('/api/sign-in-providers', {
    name: 'Contoso',
    kind: 'entra',
    issuer: 'https://login.microsoftonline.com/6f1c1f5e-0b1d-4c55-9d7a-1f2b3c4d5e6f/v2.0',
    clientId: '0d9f3a52-7c6e-4e7b-8b1a-2f4e6a8c0b1d',
    secret: 'nobody-knows-it',
    scope: 'openid profile email',
    enabled: true,
    trustsEmail: false,
    createUsers: true,
    domains: ['demo.test'],
    defaultRole: null,
    roleClaim: 'roles',
    roles: [
      { value: 'Sluice.Admin', role: 'admin' },
      { value: 'Sluice.Designer', role: 'designer' },
      { value: 'Sluice.Agent', role: 'agent' },
    ],
    signsOutThere: true,
  });
  await post('/api/schedules', officeHours);
  await post('/api/schedules', nightShift);
  for (const [name, role] of [
    ['Priya Raman', 'agent'],
    ['Maximiliane von und zu Hohenstein-Wachenburg', 'viewer'],
  ] as const) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@demo.test`;
    await post('/api/users', { name, email, role, password: 'yet another pass phrase' });
  }
  await post('/api/tokens', { name: 'Nightly publish', role: 'designer' });
  await post('/api/tokens', { name: 'Monitoring', role: 'viewer' });
  for (const [name, description] of [
    ['returns@demo.test', 'Returns and refunds'],
    ['press@demo.test', ''],
  ] as const) {
    await post('/api/mailboxes', {
      name,
      description,
      type: 'imap',
      address: name,
      // Nobody listens on the discard port.
      host: '127.0.0.1',
      port: 9,
      security: 'none',
      username: name,
      password: 'secret',
      enabled: description !== '',
    });
  }
  await post('/api/domains', {
    name: 'demo-shop.com',
    receives: true,
    mailHost: 'mail.demo-shop.com',
    spf: 'include:spf.relay.example',
  });
  await post('/api/from-addresses', { id: 'desk', address: 'service@demo.test', name: 'Customer Care', group: 'Care' });
  await post('/api/from-addresses', { id: 'billing', address: 'billing@demo.test', name: 'Billing', group: 'Finance' });
  await post('/api/routes', {
    id: 'billing-desk',
    name: 'Billing desk',
    pattern: 'billing@demo.test',
    straight: { queue: 'billing', priority: 5, skills: ['invoices'] },
    from: 'billing',
    replyTo: 'support',
    bcc: ['archive@partner.example'],
    signature: 'Your billing desk',
  });
  const answers = {
    from: 'desk',
    fromGroups: ['Care', 'Finance'],
    signature: 'Customer Care, demo.test',
    history: true,
  };
  await server.api('PATCH', '/api/routes/support', answers);
  await server.api('PATCH', '/api/queues/billing', { fromGroups: ['Finance'] });
  await post('/api/routes', { id: 'orders', pattern: 'support+order-*@demo.test', flow: 'support', enabled: false });
  await post('/api/routes', {
    id: 'rest',
    name: 'All the rest',
    pattern: '*@demo.test',
    flow: 'support',
    from: 'desk',
  });
  await post('/api/routes', { id: 'twin', pattern: '*@demo.test', flow: 'not-there' });
}
