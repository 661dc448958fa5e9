import { coerceError } from '../../../schemas/errors.ts';
import type { AfterTaking } from '../../../schemas/sources/after-taking.ts';
import type { GraphClient } from '../../graph/client.ts';
import { GraphRefusal } from '../../graph/refusal.ts';
import type { MailboxProblem, SourceContext } from '../source.ts';
import { isInbox, listFolders, openInbox } from './folders.ts';

/** A stored mail that its server still has to hear of. */
export interface PendingMail {
  id: string;
  /** Only a part of it was taken: it stays where it is, marked as read. */
  isPart?: true;
}

export interface GraphAfterTaking {
  /** Does on the server what is to be done with stored mails; returns those to be tried again. Doing it twice does no harm. */
  perform(client: GraphClient, pending: readonly PendingMail[]): Promise<PendingMail[]>;
  /** Why it cannot be done; undefined while it can. */
  readonly problem: MailboxProblem | undefined;
}

/** At the same time; one place of the four that Graph grants stays free for sending. */
const parallel = 3;

/** A refusal is no reason to stop taking mail: it is told, and not tried again for the mails that it was about. */
export function createGraphAfterTaking(path: string, wish: AfterTaking, log: SourceContext['log']): GraphAfterTaking {
  let destination: string | undefined;
  let problem: MailboxProblem | undefined;

  function tell(code: string, message: string): void {
    if (problem?.code !== code) log.warn({ folder: path, code }, message);
    problem = { code, message, at: new Date().toISOString() };
  }

  /** Undefined, and told, where there is no such folder. */
  async function findDestination(client: GraphClient, folder: string): Promise<string | undefined> {
    const inbox = await openInbox(client);
    const found = isInbox(folder) ? inbox : (await listFolders(client, inbox.id)).find((each) => each.path === folder);
    if (found === undefined) {
      const message = `Taken mails cannot be moved: there is no folder "${folder}" in this mailbox. Make it there, or choose another one.`;
      tell('move-folder-missing', message);
    }
    return found?.id;
  }

  async function performOne(client: GraphClient, { id, isPart }: PendingMail): Promise<void> {
    const message = `${client.root}/messages/${encodeURIComponent(id)}`;
    if (wish.action === 'mark-read' || isPart) {
      await client.call({ method: 'PATCH', path: message, json: { isRead: true } });
    } else if (wish.action === 'delete') {
      await client.call({ method: 'DELETE', path: message });
    } else {
      await client.call({ method: 'POST', path: `${message}/move`, json: { destinationId: destination } });
    }
  }

  return {
    get problem() {
      return problem;
    },
    async perform(client, pending) {
      if (pending.length === 0) return [];
      if (wish.action === 'move') {
        destination ??= await findDestination(client, wish.folder);
        if (destination === undefined) return [...pending];
      }
      const left: PendingMail[] = [];
      for (let start = 0; start < pending.length; start += parallel) {
        const window = pending.slice(start, start + parallel);
        const results = await Promise.allSettled(window.map((mail) => performOne(client, mail)));
        for (const [index, result] of results.entries()) {
          const mail = window[index];
          const status = result.status === 'rejected' ? statusOf(result.reason) : undefined;
          if (mail === undefined || status === 404) continue;
          if (result.status === 'fulfilled') problem = undefined;
          else if (status === 403) tell('not-writable', forbidden);
          else {
            left.push(mail);
            log.warn({ folder: path, error: coerceError(result.reason).message }, 'a taken mail is tried again later');
          }
        }
        // The rest would be refused as well.
        if (problem?.code === 'not-writable') return [];
      }
      return left;
    },
  };
}

const forbidden =
  'Taken mails cannot be marked, moved or deleted: the application may only read. Give it the permission Mail.ReadWrite.';

/** 0 where it was none of Graph's answers. */
function statusOf(error: unknown): number {
  return error instanceof GraphRefusal ? error.status : 0;
}
