import type { CuttingProxy } from '../support/cutting-proxy.ts';
import type { Dovecot } from '../support/dovecot.ts';
import type { Microsoft } from './microsoft.ts';
import type { Outgoing } from './outgoing.ts';
import type { Service } from './service.ts';

/** All that Sluice deals with. */
export interface Peers {
  readonly dovecot: Dovecot;
  readonly microsoft: Microsoft;
  readonly outgoing: Outgoing;
  readonly service: Service;
  /** Before each server that is talked to over a connection of its own, and before the receiver. */
  readonly links: Readonly<Record<'imap' | 'pop3' | 'receiver' | 'outgoing', CuttingProxy>>;
}
