import type { MessagePort } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { sendError } from '../../schemas/sent-error.ts';
import type { Database } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import { openWriting } from './open-writing.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';
import { createTurns } from './turns.ts';
import { runWriting, type WritingSide, type WritingTable } from './writer.ts';
import type { Done, Work, WriterReply, WriterRequest } from './writer-messages.ts';

/** The thread's side of `createThreadedWriter`: runs the writings that arrive, as many to a commit as there are. */
export function serveWritings<Context>(
  port: MessagePort,
  file: string,
  { writings, beforeCommit }: WritingSide<WritingTable>,
  onContext: (context: Context) => void,
): void {
  const db = new Kysely<Database>({ dialect: new NodeSqliteDialect(openWriting(file)) });
  // The main thread keeps its own connections off while works are under way here, so nobody else asks for this turn.
  const group = createGroupCommit(db, createTurns());
  group.beforeCommit(beforeCommit);
  let done: Done[] = [];

  function reply(result: Done): void {
    done.push(result);
    // All works of a commit end in one turn of the event loop, and go back in one message.
    if (done.length === 1) setImmediate(flush);
  }

  function flush(): void {
    const message: WriterReply = { kind: 'done', done };
    done = [];
    port.postMessage(message);
  }

  function run({ id, name, input }: Work): void {
    group
      .commit((tx) => runWriting(writings, name, tx, input))
      .then(
        (value) => reply({ id, value }),
        (thrown) => reply({ id, error: sendError(thrown, 'writing-bug') }),
      );
  }

  port.on('message', async (request: WriterRequest<Context>) => {
    if (request.kind === 'context') onContext(request.context);
    else if (request.kind === 'works') request.works.forEach(run);
    else {
      await db.destroy();
      port.close();
    }
  });
  const ready: WriterReply = { kind: 'ready' };
  port.postMessage(ready);
}
