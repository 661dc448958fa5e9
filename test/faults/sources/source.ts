import type { PutMail } from '../account.ts';
import type { Peers } from '../peers.ts';

/** One way in: where mail is put so that Sluice takes it by this source. */
export interface LoadSource {
  readonly name: string;
  /** What the ledger makes of bytes that are handed over a second time. */
  readonly repeated: 'is a mail of its own' | 'is the same mail';
  /** What a person enters to have it read; undefined for the receiver, which is there already. */
  mailbox(peers: Peers): object | undefined;
  /** Puts a mail in exactly once, whatever state the servers are in; resolves when it stands there. */
  put(peers: Peers, raw: string, mail: PutMail): Promise<void>;
}
