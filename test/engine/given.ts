import { readFileSync } from 'node:fs';
import { executors } from '../../runtime/actions/index.ts';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import type { EnginePorts } from '../../runtime/engine/ports.ts';
import type { RunContext } from '../../runtime/engine/run-state.ts';
import type { Email } from '../../schemas/email.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';

/** A plain question from a person, as the mail room makes it of a mail of 3 kB; `changes` make it another mail. */
export function typicalEmail(changes: Partial<Email> = {}): Email {
  const headers: Email['headers'] = Object.assign(Object.create(null), {
    received: ['from out.example.test by mx.demo.test; Sat, 21 Nov 2026 08:00:00 +0000'],
    from: ['Jane Roe <jane@example.test>'],
    to: ['support@demo.test'],
    subject: ['Where is my order?'],
    'message-id': ['<1@example.test>'],
    'x-priority': ['3'],
  });
  return {
    subject: 'Where is my order?',
    from: { address: 'jane@example.test', name: 'Jane Roe', domain: 'example.test' },
    to: [{ address: 'support@demo.test', name: '', domain: 'demo.test' }],
    cc: [],
    replyTo: [],
    date: '2026-11-21T08:00:00.000Z',
    messageId: '1@example.test',
    inReplyTo: '',
    references: [],
    headers,
    text: `Hello,\n\nI ordered a lamp last week and it has not come yet.\n\n${'It is order 4711. '.repeat(100)}\n\nJane`,
    html: '',
    preview: 'Hello, I ordered a lamp last week and it has not come yet.',
    replyText: 'Hello,\n\nI ordered a lamp last week and it has not come yet.',
    attachments: [],
    size: 3_000,
    language: 'en',
    isAutoReply: false,
    isBounce: false,
    isList: false,
    mayAutoRespond: true,
    evidence: [],
    authentication: { spf: 'none', dkim: 'none', dmarc: 'none' },
    ...changes,
  };
}

export const runContext: RunContext = {
  interactionId: '01JDEMO0000000000000000000',
  receivedAt: '2026-11-21T08:00:01.000Z',
  route: { id: 'support', address: 'support@demo.test' },
  mailbox: { id: 'receiver', name: 'receiver', address: 'support@demo.test' },
  version: 1,
};

/** The real executors and expressions; a clock that stands still; no service that answers unless the test brings one. */
export function realPorts(changes: Partial<EnginePorts> = {}): EnginePorts {
  return {
    clock: { now: () => Date.parse('2026-11-21T08:00:02Z'), monotonic: () => 0 },
    executors,
    flows: { published: () => null },
    expressions: createExpressions(),
    http: () => Promise.reject(new OperationalError('http-failed', 'Nobody answers at this address.')),
    ...changes,
  };
}

export function readFlow(file: string): Flow {
  return JSON.parse(readFileSync(new URL(file, new URL('../../', import.meta.url)), 'utf8'));
}
