import { expect, test } from 'vitest';
import type { PutMail } from './account.ts';
import { compare } from './compare.ts';
import type { FoundMail } from './found.ts';

const put = (id: string, change: Partial<PutMail> = {}): PutMail => ({
  id,
  source: 'imap',
  times: 1,
  ends: 'queued',
  ...change,
});

function found(id: string, change: Partial<FoundMail> = {}, answerState = 'sent'): FoundMail {
  const answers = [{ messageId: `<${id}>`, state: answerState, reason: '' }];
  return { id, state: 'queued', interactions: [{ id: `i-${id}`, state: 'queued', answers }], ...change };
}

const arrived = (...ids: string[]) => new Map(ids.map((id) => [`<${id}>`, ids.filter((other) => other === id).length]));

test('what came as promised is clean, and counted by source', () => {
  const poison = found('p', { state: 'quarantined', interactions: [{ id: 'i', state: 'quarantined', answers: [] }] });

  const verdict = compare(
    [put('a'), put('twice', { times: 2 }), put('p', { ends: 'quarantined', source: 'pop3' })],
    [found('a'), found('twice'), found('twice', {}, 'uncertain'), poison],
    arrived('a', 'twice'),
  );

  expect(verdict).toMatchObject({ lost: [], doubled: [], stuck: [], wrong: [] });
  expect(verdict.balances).toMatchObject([
    { source: 'imap', putIn: 2, due: 3, inLedger: 3, queued: 3, sent: 2, uncertain: 1, uncertainArrived: 1 },
    { source: 'pop3', putIn: 1, inLedger: 1, quarantined: 1 },
  ]);
});

test.each([
  ['lost', 'no ledger row', [], arrived()],
  ['lost', 'a ledger row without an interaction', [found('a', { interactions: [] })], arrived()],
  ['lost', 'an answer that counts as sent and never arrived', [found('a')], arrived()],
  ['lost', 'no answer', [found('a', { interactions: [{ id: 'i', state: 'queued', answers: [] }] })], arrived()],
  ['doubled', 'two ledger rows', [found('a'), found('a')], arrived('a')],
  [
    'doubled',
    'two interactions',
    [found('a', { interactions: [...found('a').interactions, ...found('a').interactions] })],
    arrived('a'),
  ],
  ['doubled', 'an answer that arrived twice', [found('a')], arrived('a', 'a')],
  ['doubled', 'an uncertain answer that arrived twice', [found('a', {}, 'uncertain')], arrived('a', 'a')],
  ['doubled', 'a mail that nobody put in', [found('a'), found('ghost')], arrived('a', 'ghost')],
  ['stuck', 'a mail that is still received', [found('a', { state: 'received', interactions: [] })], arrived()],
  ['stuck', 'an answer that is being sent for ever', [found('a', {}, 'sending')], arrived('a')],
  [
    'wrong',
    'a good mail in quarantine',
    [found('a', { interactions: [{ id: 'i', state: 'quarantined', answers: [] }] })],
    arrived(),
  ],
  ['wrong', 'an answer that was given up', [found('a', {}, 'failed')], arrived()],
] as const)('it finds %s: %s', (what, _name, rows, taken) => {
  const verdict = compare([put('a')], rows, taken);

  expect(verdict[what]).not.toEqual([]);
});
