import type {
  OutboundMailboxBody,
  OutboundMailboxChange,
  OutboundMailboxView,
} from '../../schemas/api/outbound-mailboxes.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { SenderTypeName } from '../../schemas/senders/index.ts';
import type { GetToken } from '../authorisations/credentials.ts';
import type { Graph } from '../graph/client.ts';
import type { Sender } from './sender.ts';

/** What was found when a way out was tried, step by step; the last one says what failed if something did. */
export interface SenderReport {
  ok: boolean;
  steps: { name: string; ok: boolean; message: string }[];
}

/** How what the settings keep of a login becomes what a server is shown. */
export interface SenderKeys {
  /** Throws UserError `secret-unreadable`. */
  open(sealed: string): string;
  token: GetToken;
  graph: Graph;
}

/** All that the rest of the house needs to know about one type of outbound mailbox. */
export interface SenderType<T extends SenderTypeName> {
  /** What of an OutboundMailboxChange belongs to this type; the rest is refused for it. */
  properties: readonly string[];
  /** What is stored for what a person entered. Throws UserError (422) for what must not be. */
  store(body: OutboundMailboxBody<T>, seal: (secret: string) => string): Pick<OutboundMailbox, T>;
  /** Changes what is named, in place. Throws like `store`. */
  change(mailbox: OutboundMailbox, change: OutboundMailboxChange, seal: (secret: string) => string): void;
  /** The connection without its secrets. */
  view(mailbox: OutboundMailbox): Partial<Pick<OutboundMailboxView, T>>;
  /** Throws UserError where the settings cannot work. */
  createSender(mailbox: OutboundMailbox, keys: SenderKeys): Sender;
  /** Tries the mailbox out without sending anything; never rejects over what a server does. */
  verify(mailbox: OutboundMailbox, keys: SenderKeys, signal: AbortSignal): Promise<SenderReport>;
}
