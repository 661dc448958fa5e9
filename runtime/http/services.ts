import type { Topic } from '../../schemas/api/system.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Run } from '../../schemas/run.ts';
import type { Alarms } from '../alarms/alarms.ts';
import type { Webhook } from '../alarms/webhook.ts';
import type { Answering } from '../answering/answering.ts';
import type { Audit } from '../audit/audit.ts';
import type { Authorisations } from '../authorisations/authorisations.ts';
import type { Backtests } from '../backtest/backtests.ts';
import type { Cases } from '../cases/cases.ts';
import type { DnsLookup } from '../domains/dns-lookup.ts';
import type { EnginePorts } from '../engine/ports.ts';
import type { Flows } from '../flows/flows.ts';
import type { GraphNotifications } from '../graph/notifications.ts';
import type { Intake } from '../intake/intake.ts';
import type { MailParser } from '../mail/mail-parser.ts';
import type { LoginMoves } from '../mailboxes/login-moves.ts';
import type { Mailboxes } from '../mailboxes/mailboxes.ts';
import type { Outbox } from '../outbound/outbox.ts';
import type { Sender } from '../outbound/sender.ts';
import type { SenderKeys } from '../outbound/sender-type.ts';
import type { Queues } from '../queues/queues.ts';
import type { Reconciliation } from '../reconciliation/reconciliation.ts';
import type { Retention } from '../retention/retention.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { Storage } from '../store/storage.ts';
import type { Store } from '../store/store.ts';
import type { TrafficCounts } from '../traffic/traffic.ts';
import type { RemotePictureLoader } from './remote-pictures.ts';

export interface WallClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Logger {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
  debug(data: object, message: string): void;
}

/** The rooms behind the calls; made, started and stopped by whoever makes the app. */
export interface Services {
  version: string;
  /** When this data came out of a backup, milliseconds since the epoch. */
  restoredAt: number | undefined;
  clock: WallClock;
  log: Logger;
  store: Pick<Store, 'read' | 'commit'>;
  storage: Storage;
  settings: SettingsStore;
  flows: Omit<Flows, 'load'>;
  /** The mails that flows must treat in a certain way. */
  cases: Cases;
  /** Checks a document against the settings as they are now. */
  intake: Pick<
    Intake,
    'retry' | 'routeByHand' | 'repair' | 'discard' | 'merge' | 'split' | 'fetchRest' | 'confirmSender'
  >;
  /** True from when mail is taken and run until the server begins to stop. */
  isTakingMail(): boolean;
  answering: Answering;
  queues: Omit<Queues, 'start' | 'stop'>;
  outbox: Pick<Outbox, 'retry' | 'giveUp' | 'tryNow' | 'status'>;
  /** How a stored login becomes what a server is shown, for an outbound mailbox that is tried. */
  keys: SenderKeys;
  /** An outbound mailbox as the outbox would use it, for a test mail. */
  senderFor(mailbox: OutboundMailbox): Sender;
  traffic: Pick<TrafficCounts, 'read'>;
  mailboxes: Pick<Mailboxes, 'status' | 'verify' | 'wake'>;
  loginMoves: Pick<LoginMoves, 'move'>;
  /** Who waits for what Microsoft tells of. */
  graphNotifications: Pick<GraphNotifications, 'isAwaited' | 'take'>;
  authorisations: Omit<Authorisations, 'start' | 'stop'>;
  signIn: SignIn;
  /** Where the built-in receiver listens; null while it does not. */
  receiver(): { host: string; port: number } | null;
  parser: Pick<MailParser, 'parse' | 'parts'>;
  remotePictures: RemotePictureLoader;
  engine: EnginePorts;
  audit: Audit;
  dns: DnsLookup;
  alarms: Pick<Alarms, 'page' | 'open' | 'acknowledge' | 'clearOf'>;
  webhook: Pick<Webhook, 'test' | 'undelivered'>;
  reconciliation: Pick<Reconciliation, 'begin' | 'of'>;
  retention: Pick<Retention, 'view' | 'preview' | 'begin'>;
  backtests: Pick<Backtests, 'run' | 'runOne'>;
  /** What changed, for pages that are open; returns how to stop listening. */
  topics: { onChange(listener: (topic: Topic) => void): () => void };
  /** Each run of a flow on a mail that came, for the metrics; returns how to stop listening. */
  runs: { onRun(listener: (run: Run) => void): () => void };
}

export interface HttpOptions {
  /** What the server listens on: beyond loopback the first set-up asks for a code, on loopback the Host header is checked. */
  host: string;
  /** The built designer; a sentence stands in for it where it is missing. */
  designerFolder: string;
  /** Bearer token that may do everything; none if undefined. At least 16 characters. */
  adminToken?: string | undefined;
  /** Where browsers reach this server if a proxy stands before it, e.g. `https://mail.example.org`. With https cookies are Secure. */
  publicUrl?: string | undefined;
}
