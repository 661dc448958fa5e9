import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpDoor } from '../../runtime/egress/http-door.ts';
import { createGraph } from '../../runtime/graph/client.ts';
import { createGraphSender } from '../../runtime/outbound/graph-sender.ts';
import type { OutgoingMail, Sender } from '../../runtime/outbound/sender.ts';
import { GraphError, throttled, unavailable } from '../support/graph/graph-answer.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';

const user = 'support@contoso.test';
let graph: GraphServer;

beforeEach(async () => {
  graph = await startGraph();
  graph.addUser(user);
  graph.addUser('anna@contoso.test');
});
afterEach(() => graph.stop());

function createSender(token = () => graph.token()): Sender {
  const clients = createGraph({ door: createHttpDoor({ allow: () => ['127.0.0.1'] }) });
  return createGraphSender({
    graph: clients,
    target: { baseUrl: graph.url, user, accessToken: async () => token() },
  });
}

const raw = [
  'Auto-Submitted: auto-replied',
  `From: Support <${user}>`,
  'To: anna@contoso.test',
  'In-Reply-To: <question@contoso.test>',
  'Subject: Re: Gr=?utf-8?Q?=C3=BC?=sse',
  'Message-ID: <answer@contoso.test>',
  '',
  'We have got your mail.',
  '',
].join('\r\n');

const mail = (text = raw, to = 'anna@contoso.test'): OutgoingMail => ({
  envelope: { from: '', to, id: 'row-1' },
  raw: Buffer.from(text),
});
const send = (sender: Sender, outgoing = mail()) => sender.send(outgoing, new AbortController().signal);
const mailsOf = (name: string) => [...(graph.accounts.get(name)?.messages.values() ?? [])].map(({ mime }) => `${mime}`);

test('the mail arrives as it was written, Message-ID and all, and a copy stays in Sent Items', async () => {
  const result = await send(createSender());

  expect(result).toMatchObject({ state: 'sent', response: expect.stringMatching(/request [0-9a-f-]{36}$/) });
  expect(mailsOf('anna@contoso.test')).toEqual([raw]);
  expect(mailsOf(user)).toEqual([raw]);
});

test('a mail whose headers name others goes to the one that it is for, and to nobody twice', async () => {
  const toMany = raw.replace(
    'To: anna@contoso.test',
    'To: carl@contoso.test,\r\n anna@contoso.test\r\nCC: x@contoso.test',
  );
  graph.addUser('carl@contoso.test');

  await send(createSender(), mail(toMany));

  expect(mailsOf('carl@contoso.test')).toEqual([]);
  expect(mailsOf('anna@contoso.test')[0]).toContain('To: <anna@contoso.test>\r\n\r\nWe have got your mail.');
});

describe('what becomes of a mail', () => {
  test.each([
    ['that may not be sent as its sender', new GraphError(403, 'ErrorSendAsDenied', 'x'), { state: 'failed' }],
    ['without a valid recipient', new GraphError(400, 'ErrorInvalidRecipients', 'x'), { state: 'failed' }],
    ['that is too large', new GraphError(413, 'ErrorMessageSizeExceeded', 'x'), { state: 'failed' }],
    ['while the server is busy', unavailable(), { state: 'retry', isSlowDown: true }],
    ['while too much was asked', throttled(3_000), { state: 'retry', isSlowDown: true }],
    ['without the permission', new GraphError(403, 'ErrorAccessDenied', 'x'), { state: 'unavailable', isLogin: true }],
    [
      'with a token that is refused',
      new GraphError(401, 'InvalidAuthenticationToken', 'x'),
      { state: 'unavailable', isLogin: true },
    ],
    ['where a gateway gave up', new GraphError(504, 'x', 'x'), { state: 'uncertain' }],
    ['where the connection broke', 'drop' as const, { state: 'uncertain' }],
  ])('%s', async (_name, answer, result) => {
    graph.intercept = () => answer;

    expect(await send(createSender())).toMatchObject(result);
    expect(graph.requests.length).toBeLessThanOrEqual(2);
  });

  test('where nobody answers: it waits', async () => {
    await graph.kill();

    expect(await send(createSender())).toMatchObject({ state: 'unavailable' });
  });

  test('over 3 MB: it fails in words before it is sent', async () => {
    const result = await send(createSender(), mail(raw + 'x'.repeat(3 * 1_048_576)));

    expect(result).toMatchObject({ state: 'failed', reason: expect.stringContaining('3 MB') });
    expect(graph.requests).toEqual([]);
  });

  test('just below 3 MB: it leaves', async () => {
    expect(await send(createSender(), mail(raw + 'x'.repeat(3 * 1_048_576 - raw.length)))).toMatchObject({
      state: 'sent',
    });
  });

  test('when sending is broken off: nobody knows', async () => {
    graph.intercept = () => 'hang';
    const stop = new AbortController();

    const sending = createSender().send(mail(), stop.signal);
    setTimeout(() => stop.abort(), 50);

    expect(await sending).toMatchObject({ state: 'uncertain' });
  });
});
