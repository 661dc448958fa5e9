import type { ImapFlow } from 'imapflow';
import type { AfterTaking } from '../../../schemas/sources/after-taking.ts';
import type { ImapConnection } from './connection.ts';
import { isMissingFolder, isRefusal } from './failure.ts';

/** As the server writes its name, which is not as people read it. */
interface ListedFolder {
  path: string;
  pathAsListed: string;
}

/** What imapflow calls for every command of its own; its types keep it to itself, and MYRIGHTS is not among its commands. */
interface RawCommands {
  exec(
    command: string,
    attributes: readonly { type: 'STRING'; value: string }[],
    options: { untagged: Record<string, (answer: { attributes?: { value?: unknown }[] }) => Promise<void>> },
  ): Promise<{ next(): void }>;
}

/** Letters of what the account may do with the folder (RFC 4314), as the server tells; null where it keeps no such lists, or does not say. */
export async function rightsOf(connection: ImapConnection, folder: ListedFolder): Promise<string | null> {
  if (!connection.client.capabilities.has('ACL')) return null;
  return await connection.run(`telling the rights on "${folder.path}"`, async (client) => {
    let rights: string | null = null;
    try {
      const answer = await raw(client).exec('MYRIGHTS', [{ type: 'STRING', value: folder.pathAsListed }], {
        untagged: {
          async MYRIGHTS({ attributes = [] }) {
            const letters = attributes[1]?.value;
            if (typeof letters === 'string') rights = letters;
          },
        },
      });
      answer.next();
      return rights;
    } catch (error) {
      // Whoever may not even see a folder is refused; that it is missing is told elsewhere.
      if (isRefusal(error) || isMissingFolder(error)) return '';
      throw error;
    }
  });
}

function raw(client: ImapFlow): RawCommands {
  // The method is there in every version that the lock file can bring: verifying is tested with a server that has ACL.
  return client as unknown as RawCommands;
}

interface Need {
  /** Any one of them is enough: servers of before RFC 4314 know fewer letters. */
  letters: string;
  words: string;
}

const read: Need = { letters: 'r', words: 'read its mails' };
const markRead: Need = { letters: 's', words: 'mark them as read' };
const takeAway: readonly Need[] = [
  { letters: 'td', words: 'mark them as deleted' },
  { letters: 'ed', words: 'take them away' },
];

/** What is asked of a folder whose mail is taken. */
export function needsOf({ action }: AfterTaking): readonly Need[] {
  return action === 'mark-read' ? [read, markRead] : [read, markRead, ...takeAway];
}

/** What is asked of the folder that taken mail is moved to. */
export const targetNeeds: readonly Need[] = [{ letters: 'i', words: 'put mails into it' }];

/** What the account may not do, in words; empty where it may do everything, or the server does not say. */
export function lackingRights(rights: string | null, needs: readonly Need[]): string[] {
  if (rights === null) return [];
  return needs
    .filter(({ letters }) => ![...letters].some((letter) => rights.includes(letter)))
    .map(({ words }) => words);
}
