import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpDoor } from '../../runtime/egress/http-door.ts';
import { createGraph, type GraphClient, type GraphPatience } from '../../runtime/graph/client.ts';
import { explainGraph } from '../../runtime/graph/explain-refusal.ts';
import { messageOf } from '../support/graph/accounts.ts';
import { GraphError, throttled, unavailable } from '../support/graph/graph-answer.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';

const user = 'anna@contoso.test';
const patience: GraphPatience = {
  quietMs: 5_000,
  wholeMs: 20_000,
  longestWaitMs: 120_000,
  retry: { firstMs: 1_000, longestMs: 60_000 },
};

let graph: GraphServer;
/** Waits asked for; the clock jumps over them. */
let waits: number[];
let clock: { now: number };
let forced: boolean[];

beforeEach(async () => {
  graph = await startGraph();
  graph.addUser(user);
  waits = [];
  forced = [];
  clock = { now: 1_000_000 };
});
afterEach(() => graph.stop());

function createClient(token: (force: boolean) => string = () => graph.token()): GraphClient {
  const clients = createGraph({
    door: createHttpDoor({ allow: () => ['127.0.0.1'] }),
    clock: {
      now: () => clock.now,
      async sleep(ms) {
        waits.push(ms);
        clock.now += ms;
      },
    },
  });
  const target = {
    baseUrl: graph.url,
    user,
    async accessToken(force = false) {
      forced.push(force);
      return token(force);
    },
  };
  return clients.client(target, patience, new AbortController().signal);
}

const inbox = (client: GraphClient) => client.read({ path: `${client.root}/mailFolders/inbox` });

/** What a person reads of a call that failed. */
async function explained(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown = await call.then(
    () => new Error('it went well'),
    (error: unknown) => error,
  );
  return explainGraph(thrown, { baseUrl: graph.url, user });
}

describe('a token that is refused', () => {
  test('is replaced once, and the call is made again', async () => {
    const client = createClient((force) => (force ? graph.token() : graph.token({ exp: 1 })));

    const folder = await inbox(client);

    expect(folder.displayName).toBe('Inbox');
    expect(forced).toEqual([false, true]);
  });

  test('is an error in words where the new one is refused, too', async () => {
    const client = createClient(() => graph.token({ aud: 'https://graph.microsoft.us' }));

    const error = await explained(inbox(client));

    expect(error.code).toBe('graph-unauthorised');
    expect(error.message).toMatch(/scope of this very cloud.*Invalid audience/);
    expect(forced).toEqual([false, true]);
  });
});

describe('a server that asks to wait', () => {
  test('is left alone for as long as it says, by all calls of the mailbox', async () => {
    const client = createClient();
    let left = 1;
    graph.intercept = () => (left-- > 0 ? throttled(17) : undefined);

    await inbox(client);
    await inbox(client);

    expect(waits).toEqual([17_000]);
    expect(graph.requests).toHaveLength(3);
  });

  test('is asked again after growing pauses where it does not say how long', async () => {
    const client = createClient();
    const answers = [unavailable(), throttled(null), { status: 502, body: '<html>Bad gateway</html>' }];
    graph.intercept = () => answers.shift();

    await inbox(client);

    const [first = 0, second = 0, third = 0] = waits;
    expect(waits).toHaveLength(3);
    expect([first >= 500 && first <= 1_000, second >= 1_000 && second <= 2_000, third >= 2_000]).toEqual(
      Array(3).fill(true),
    );
  });

  test('is given up where it wants longer than anybody waits, and not asked meanwhile', async () => {
    const client = createClient();
    graph.intercept = () => throttled(600);

    const error = await explained(inbox(client));
    const again = await explained(inbox(client));

    expect([error.code, again.code]).toEqual(['graph-throttled', 'graph-throttled']);
    expect(error.message).toContain('600 s');
    expect(graph.requests).toHaveLength(1);
  });

  test('does not get a call twice that does something twice, after an answer that leaves it open', async () => {
    const client = createClient();
    graph.intercept = () => unavailable();

    const send = client.call({ method: 'POST', path: `${client.root}/sendMail`, text: 'eA==', isRepeatable: false });

    expect((await explained(send)).code).toBe('graph-unavailable');
    expect(graph.requests).toHaveLength(1);
  });
});

test('never has more than four calls under way for one mailbox, and one that is throttled holds up none but for a while', async () => {
  const client = createClient();
  let left = 1;
  let underWay = 0;
  let most = 0;
  graph.intercept = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underWay -= 1;
    return left-- > 0 ? throttled(1) : undefined;
  };

  const all = await Promise.all(Array.from({ length: 20 }, () => inbox(client)));

  expect(all).toHaveLength(20);
  expect([most, graph.overruns]).toEqual([4, 0]);
});

test('a link that leads to another server is not followed: the token stays with Graph', async () => {
  const client = createClient();
  const other = await startGraph();
  try {
    const links = [`${other.url}/v1.0/x`, `${graph.url}.evil.test/v1.0/x`, `${graph.url}@127.0.0.1/v1.0/x`];

    const errors = await Promise.all(links.map((path) => explained(client.call({ path }))));

    expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('graph-foreign-link'));
    expect([...graph.requests, ...other.requests]).toEqual([]);
  } finally {
    await other.stop();
  }
});

test.each([
  [
    new GraphError(403, 'ErrorAccessDenied', 'Access to OData is disabled.'),
    'graph-access-denied',
    /more than an hour/,
  ],
  [new GraphError(404, 'MailboxNotEnabledForRESTAPI', 'On-premise.'), 'graph-mailbox-not-online', /on premises/],
  [new GraphError(404, 'ErrorInvalidUser', 'Invalid.'), 'graph-mailbox-unknown', /Check the address/],
  [new GraphError(404, 'ErrorFolderNotFound', 'Gone.'), 'folder-missing', /Choose the folders anew/],
  [new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.'), 'graph-refused', /ErrorInvalidIdMalformed/],
])('%s is told in words that say what to do', async (refusal, code, words) => {
  const client = createClient();
  graph.intercept = () => refusal;

  const error = await explained(inbox(client));

  expect(error.code).toBe(code);
  expect(error.message).toMatch(words);
});

test('a server that is away, silent, or no Graph at all is told in words', async () => {
  const client = createClient();
  graph.intercept = () => ({ status: 200, body: '<html>Sign in to the hotel</html>' });
  const foreign = await explained(inbox(client));
  await graph.kill();

  const away = await explained(inbox(client));

  expect([foreign.code, away.code]).toEqual(['graph-bad-answer', 'http-failed']);
});

describe('the emulator', () => {
  test('tells ids apart by the case of their letters, and gives another id after a move but for the immutable one', async () => {
    const client = createClient();
    const { immutableId } = graph.deliver(user, 'Subject: x\r\n\r\n');
    const account = graph.accounts.get(user);
    const before = account && messageOf(account, immutableId).id;
    const folded = immutableId.replace(/[a-z]/, (letter) => letter.toUpperCase());

    const wrong = await explained(client.read({ path: `${client.root}/messages/${folded}` }));
    await client.call({
      method: 'POST',
      path: `${client.root}/messages/${immutableId}/move`,
      json: { destinationId: 'deleteditems' },
    });
    const moved = await client.read({ path: `${client.root}/messages/${immutableId}` });

    expect(wrong.message).toContain('ErrorItemNotFound');
    expect(moved.id).toBe(immutableId);
    expect(account && messageOf(account, immutableId).id).not.toBe(before);
  });

  test('refuses "me" for an application, a fifth call at once, and a permission that was not granted', async () => {
    const client = createClient();
    const reader = createClient(() => graph.token({ roles: ['Mail.Read'] }));
    const { immutableId } = graph.deliver(user, 'Subject: x\r\n\r\n');

    const me = await explained(client.read({ path: 'me/messages' }));
    const write = await explained(
      reader.call({ method: 'PATCH', path: `${reader.root}/messages/${immutableId}`, json: { isRead: true } }),
    );

    expect(me.message).toContain('/me request is only valid with delegated authentication flow');
    expect(write.code).toBe('graph-access-denied');
  });
});
