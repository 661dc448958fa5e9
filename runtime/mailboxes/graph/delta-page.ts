import { OperationalError } from '../../../schemas/errors.ts';
import type { GraphClient } from '../../graph/client.ts';

export interface ListedMessage {
  id: string;
  /** Milliseconds. */
  receivedAt: number;
}

export interface DeltaPage {
  messages: ListedMessage[];
  /** Where to go on. */
  link: string;
  /** The round is over; the link begins the next one. */
  isLast: boolean;
}

const pageSize = 50;

/** The first link of a delta query for mails that arrived from then on. Graph keeps the options in the links that it gives. */
export function firstLink(client: GraphClient, folderId: string, since: number): string {
  const query = new URLSearchParams({
    changeType: 'created',
    $select: 'receivedDateTime',
    $filter: `receivedDateTime ge ${toSeconds(since)}`,
  });
  // Graph does not take + for a space in every place.
  const text = query.toString().replaceAll('+', '%20').replaceAll('%24', '$');
  return `${client.root}/mailFolders/${encodeURIComponent(folderId)}/messages/delta?${text}`;
}

/** One page, of so many messages at most. */
export async function readPage(client: GraphClient, link: string, size = pageSize): Promise<DeltaPage> {
  const answer = await client.read({ path: link, prefer: `odata.maxpagesize=${size}` });
  const { messages, next } = readListed(answer);
  const continued = next ?? answer['@odata.deltaLink'];
  if (typeof continued !== 'string') {
    throw new OperationalError('graph-bad-answer', 'Microsoft Graph gave no link to go on with.');
  }
  return { messages, link: continued, isLast: next === undefined };
}

/** Items without an id or a time, and those that tell of a removal, are none of ours; each message stands once. */
export function readListed(answer: Record<string, unknown>): { messages: ListedMessage[]; next: string | undefined } {
  const messages = new Map<string, ListedMessage>();
  for (const item of Array.isArray(answer.value) ? answer.value : []) {
    const { id, receivedDateTime, '@removed': removed } = Object(item);
    const receivedAt = typeof receivedDateTime === 'string' ? Date.parse(receivedDateTime) : Number.NaN;
    if (removed === undefined && typeof id === 'string' && id !== '' && !Number.isNaN(receivedAt)) {
      messages.set(id, { id, receivedAt });
    }
  }
  const next = answer['@odata.nextLink'];
  return { messages: [...messages.values()], next: typeof next === 'string' ? next : undefined };
}

function toSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
