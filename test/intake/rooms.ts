import { executors } from '../../runtime/actions/index.ts';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import type { HttpPort } from '../../runtime/engine/ports.ts';
import type { IncomingMail } from '../../runtime/intake/accept.ts';
import { createIntake } from '../../runtime/intake/intake.ts';
import type { Parser } from '../../runtime/intake/parse.ts';
import type { FetchWhole } from '../../runtime/intake/whole-mail.ts';
import { createMailParser } from '../../runtime/mail/mail-parser.ts';
import { nothingToAsk } from '../../runtime/mailboxes/whole-mail.ts';
import { createOutbox } from '../../runtime/outbound/outbox.ts';
import { createSenderProof, type SenderProof } from '../../runtime/sender-proof/sender-proof.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import type { Store } from '../../runtime/store/store.ts';
import { createWriter } from '../../runtime/store/writer.ts';
import { createTraffic } from '../../runtime/traffic/traffic.ts';
import { createWritings } from '../../runtime/writings.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Settings } from '../../schemas/settings.ts';

/** Disconnects automatic replies, answers everything else, and queues it with priority 10 if it is urgent. */
export const flow: Flow = {
  id: 'support',
  name: 'Support',
  type: 'inbound-email',
  variables: [],
  fallback: { queue: 'general' },
  entry: 'auto',
  actions: {
    auto: {
      type: 'decision',
      name: 'Automatic reply?',
      settings: { condition: { var: 'email.isAutoReply' } },
      next: { yes: 'drop', no: 'urgent' },
    },
    drop: { type: 'disconnect', name: 'Drop', settings: { reason: 'automatic reply' } },
    urgent: {
      type: 'decision',
      name: 'Urgent?',
      settings: { condition: { contains: [{ var: 'email.subject' }, '[URGENT]'] } },
      next: { yes: 'ten', no: 'answer' },
    },
    ten: { type: 'set-priority', name: 'Ten', settings: { priority: 10 }, next: { done: 'answer' } },
    answer: {
      type: 'auto-response',
      name: 'Answer',
      settings: { subject: 'Re: {{interaction.email.subject}}', body: 'We got {{interaction.id}}.' },
      next: { done: 'queue' },
    },
    queue: { type: 'transfer-to-queue', name: 'Queue', settings: { queue: 'general' } },
  },
};

export interface Options {
  settings?: (settings: Settings) => void;
  published?: (id: string) => { flow: Flow; version: number } | null;
  /** Answers data actions; without it nobody is there. */
  http?: HttpPort;
  /** Stands before the real parser, to let it fail. */
  before?: (mail: string) => unknown;
  /** Stands for the DNS; without it nobody answers. */
  proof?: Pick<SenderProof, 'check'>;
  /** Stands for the mail server; without it nothing is there. */
  fetchWhole?: FetchWhole;
  /** Data that came out of a backup. */
  restored?: { at: number; reason: string };
}

/** Intake with the rooms that it works with, all of them real; nothing leaves, because outbound mail is captured. */
export function createRooms(store: Store, options: Options = {}) {
  const settings = firstSettings();
  options.settings?.(settings);
  const clock = { now: Date.now, monotonic: () => performance.now() };
  const logged: string[] = [];
  const log = {
    info: () => {},
    debug: () => {},
    warn: (_data: object, message: string) => logged.push(message),
    error: (_data: object, message: string) => logged.push(message),
  };
  const changes: Topic[] = [];
  const onChange = (topic: Topic) => changes.push(topic);
  const mailParser = createMailParser({ workers: 1 });
  const parser: Parser = {
    async parseToJson(bytes, context) {
      await options.before?.(Buffer.from(bytes).toString('latin1'));
      return mailParser.parseToJson(bytes, context);
    },
  };
  const write = createWriter(
    store,
    createWritings({ settings: { read: () => settings, sign: () => '' }, clock, restored: options.restored }),
  );
  const outbox = createOutbox({
    store,
    write,
    settings: { read: () => settings, sign: () => '' },
    clock,
    log,
    onChange,
    senderFor: () => {
      throw new Error('No outbound mailbox is set up.');
    },
  });
  const traffic = createTraffic({ store, clock, log, onChange });
  const proof = createSenderProof({ dnsServers: ['127.0.0.1:9'] });
  const intake = createIntake({
    store,
    write,
    parser,
    flows: { published: options.published ?? (() => ({ flow, version: 3 })) },
    settings: { read: () => settings, sign: () => '' },
    engine: {
      clock,
      executors,
      flows: { published: () => null },
      expressions: createExpressions(),
      http: options.http ?? (() => Promise.reject(new OperationalError('http-failed', 'No network here.'))),
    },
    fetchWhole: options.fetchWhole ?? (() => Promise.reject(nothingToAsk())),
    outbox,
    proof: options.proof ?? proof,
    traffic,
    clock,
    publicUrl: () => 'https://mail.demo.test',
    log,
    onChange,
    retryDelaysMs: [5, 5, 5],
  });
  const mailbox = settings.mailboxes[0];
  if (mailbox === undefined) throw new Error('the first settings hold the receiver');

  async function stop() {
    await intake.stop();
    await outbox.stop();
    await traffic.stop();
    await mailParser.close();
    await proof.close();
  }
  return { intake, outbox, traffic, settings, mailbox, changes, logged, stop };
}

export function mail(
  number: number,
  changes: Partial<IncomingMail> & { subject?: string; headers?: string[] } = {},
): IncomingMail {
  const { subject = `Question ${number}`, headers = [], ...others } = changes;
  const lines = [
    `From: Customer ${number} <customer-${number}@example.test>`,
    'To: Support <support@demo.test>',
    `Subject: ${subject}`,
    `Message-ID: <m${number}@example.test>`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    ...headers,
    '',
    'Hello, I have a question.',
    '',
  ];
  return {
    folder: 'INBOX',
    serverKey: `7:${number}`,
    bytes: Buffer.from(lines.join('\r\n')),
    receivedAt: 1_795_000_000_000 + number,
    ...others,
  };
}

export function mails(count: number): IncomingMail[] {
  return Array.from({ length: count }, (_, number) => mail(number));
}
