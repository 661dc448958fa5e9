import type { SourceType } from '../source-type.ts';
import { usualTiming } from '../source-type.ts';
import { openPop3, type Pop3Connection } from './connection.ts';
import { parseCursor } from './cursor.ts';
import { explainFailure } from './failure.ts';
import { createPuller } from './puller.ts';
import { pop3Of } from './server.ts';

/** The server's side of a reconciliation; see SourceType. Server keys are `<UIDL>:<fingerprint>`, and the listing knows UIDLs alone. */
export const listPop3: SourceType<'pop3'>['list'] = async (context, missing) => {
  const { mailbox } = context;
  const server = pop3Of(mailbox);
  const stored = await context.loadCursor('');
  if (stored === undefined) return;
  const cursor = parseCursor(stored);
  if (cursor.account !== server.username || cursor.host !== server.host) return;
  let open: Pop3Connection | undefined;
  try {
    open = await openPop3(server, context.credentials, usualTiming, new AbortController().signal);
    const passed = (await open.list()).filter(({ uidl }) => cursor.taken.has(uidl));
    const byKey = new Map(passed.map((mail) => [`${mail.uidl}:`, mail]));
    const listed = [...byKey.keys()].map((serverKey) => ({ folder: '', serverKey, isBeginning: true as const }));
    const wanted = (await missing(listed)).flatMap(({ serverKey }) => byKey.get(serverKey) ?? []);
    await createPuller(mailbox.maxBytes).pull(open, wanted, (batch) => context.accept(batch.map(({ raw }) => raw)));
    await open.quit();
  } catch (thrown) {
    throw explainFailure(thrown, server);
  } finally {
    open?.close();
  }
};
