import { readFile } from 'node:fs/promises';
import nodemailer from 'nodemailer';
import type { InteractionsPage } from '../../../../schemas/api/interactions.ts';
import type { Flow } from '../../../../schemas/flow.ts';
import type { Server } from '../../../support/start-server.ts';
import { until } from '../../../support/until.ts';
import { sendSampleMails } from '../../sample-mails.ts';
import { deskMails } from './desk-mails.ts';
import { fraudCheck, halfDrawn, returnsFlow } from './other-flows.ts';
import type { Person } from './people.ts';
import { fillSettings } from './settings.ts';
import { supportFlow } from './support-flow.ts';

interface Desk {
  server: Server;
  ada: Person;
  ben: Person;
}

/** Fills a new installation through its API, as its people would: settings, flows in every state, mails, claims. */
export async function fillDesk({ server, ada, ben }: Desk): Promise<void> {
  await fillSettings(server);
  await publishFlows({ server, ada, ben });
  await sendMails(server);
  await ada.call('POST', '/api/queues/general/claim', {});
  await answerMails({ server, ada, ben });
  await drawDrafts({ ada, ben });
}

async function publishFlows({ server, ada, ben }: Desk): Promise<void> {
  const publish = (person: Person, document: Flow, message: string) =>
    person.call('POST', `/api/flows/${document.id}/publish`, { document, message });
  // What the sample's cases expect of these holds for the sample only.
  await expectOf({ server, ada }, 'invoice-from-a-machine', { queue: 'billing', priority: 5, responses: 0 });
  await expectOf({ server, ada }, 'question', { queue: 'deliveries' });
  await publish(ben, fraudCheck, 'First version');
  await publish(ben, supportFlow, 'Contracts first, then by topic; attachments are looked through');
  await publish(
    ada,
    { ...supportFlow, fallback: { queue: 'general', priority: 5 } },
    'What fails waits no longer than what does not',
  );
  await publish(ben, returnsFlow, 'Returns have a flow of their own');
}

async function expectOf({ server, ada }: Pick<Desk, 'server' | 'ada'>, name: string, change: object): Promise<void> {
  const kept = JSON.parse(await readFile(`${server.folder}/flows/support.cases/${name}.case.json`, 'utf8'));
  await ada.call('PUT', `/api/flows/support/cases/${name}`, {
    case: { ...kept, expect: { ...kept.expect, ...change } },
  });
}

async function sendMails(server: Server): Promise<void> {
  const to = 'support@demo.test';
  const receiver = { host: '127.0.0.1', port: server.ports.smtp };
  await sendSampleMails(receiver, to);
  const transport = nodemailer.createTransport({ ...receiver, ignoreTLS: true });
  for (const mail of deskMails) await transport.sendMail({ ...mail, to });
  transport.close();
  await until('all mails are settled', async () => {
    const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
    const { received = 0, ...settled } = counts;
    return received === 0 && Object.values(settled).reduce((sum, count) => sum + count, 0) > deskMails.length;
  });
}

/** One mail is answered and finished, another one is being answered. */
async function answerMails({ server, ada, ben }: Desk): Promise<void> {
  const { items } = await server.api<InteractionsPage>('GET', '/api/interactions?limit=100');
  const idOf = (subject: string) => items.find((item) => item.subject.startsWith(subject))?.id ?? '';
  const refund = idOf('Refund for order');
  await ben.call('POST', `/api/interactions/${refund}/claim`, {});
  await ben.call('POST', `/api/interactions/${refund}/replies`, {
    key: 'answer-of-ben',
    to: ['priya.raman@tailspin.example'],
    subject: 'Re: Refund for order 100482 has not arrived',
    text: 'Hello,\n\nyour bank has had it since Thursday. It usually takes two more days to show.\n\nKind regards\nBen',
    holdSeconds: 0,
  });
  const invoice = idOf('Invoice 2026-1187');
  await ada.call('POST', `/api/interactions/${invoice}/claim`, {});
  await ada.call('PUT', `/api/interactions/${invoice}/reply-draft`, {
    to: ['ap@fabrikam.example'],
    cc: [],
    subject: 'Re: Invoice 2026-1187: two licences instead of one',
    text: 'Good morning,\n\nyou are right, and I am sorry. The corrected invoice is on its way:',
    quote: true,
  });
}

async function drawDrafts({ ada, ben }: Pick<Desk, 'ada' | 'ben'>): Promise<void> {
  const { urgent, p10, ack } = supportFlow.actions;
  if (urgent?.type !== 'decision' || p10?.type !== 'set-priority' || ack?.type !== 'auto-response')
    throw new Error('The drafts change actions that the support flow no longer has');
  const words = ['[URGENT]', 'outage', 'cannot sign in', 'system is down', 'production stopped', 'data loss'];
  await ada.saveDraft({
    ...supportFlow,
    variables: [...(supportFlow.variables ?? []), { name: 'region', type: 'string', initial: '' }],
    fallback: { queue: 'general', priority: 5 },
    actions: {
      ...supportFlow.actions,
      urgent: { ...urgent, settings: { condition: { contains: [{ var: 'email.subject' }, words] } } },
      p10: { ...p10, name: 'Priority 20', settings: { priority: 20 } },
      ack: { ...ack, next: { done: 'translate' } },
      translate: {
        type: 'set-priority',
        name: 'Not before the others',
        settings: { priority: -5 },
        next: { done: 'to-general' },
      },
    },
  });
  await ben.saveDraft({ ...supportFlow, description: 'Under review' });

  const rename = (flow: Flow, id: string, name: string): Flow => {
    const action = flow.actions[id];
    if (action === undefined) throw new Error(`There is no action ${id}`);
    return { ...flow, actions: { ...flow.actions, [id]: { ...action, name } } };
  };
  await ada.saveDraft(rename(rename(returnsFlow, 'ask', 'Ask for the order number'), 'wait', 'Waiting for the sender'));
  await ben.call('POST', '/api/flows/returns/publish', {
    document: rename(rename(returnsFlow, 'ask', 'Which order?'), 'warehouse', 'Warehouse Leipzig'),
    message: 'Clearer names',
  });
  for (const [id, name] of [
    ['press', halfDrawn.name],
    ['newsletter', 'Newsletter replies'],
  ])
    await ada.call('POST', '/api/flows', { id, name });
  await ada.saveDraft(halfDrawn);
}
