import { isDeepStrictEqual } from 'node:util';
import type { Topic } from '../../schemas/api/system.ts';
import { receivedDomains } from '../../schemas/domain.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import { credentialsOf, type GetCredentials, type GetToken } from '../authorisations/credentials.ts';
import type { CertificateFiles } from './smtp/certificate.ts';
import { createSmtpReceiver, type ReceiverLimits, type SmtpReceiver } from './smtp-receiver.ts';
import type {
  AskMissing,
  Cursor,
  MailboxStatus,
  RawMail,
  Source,
  SourceContext,
  SourceServices,
  VerifyReport,
} from './source.ts';
import type { ReadingTiming } from './source-type.ts';
import { sourceTypeOf } from './source-types.ts';
import { nothingToAsk, type StoredMail } from './whole-mail.ts';

export interface MailboxesDeps {
  settings: {
    read(): Settings;
    open(sealed: string): string;
    /** Returns what ends the listening. */
    onChange(listener: () => void): () => void;
  };
  /** Tokens for mailboxes that name an authorisation. */
  token: GetToken;
  /** Stores mails and cursor in one durable commit; see SourceContext. */
  accept(mailbox: Mailbox, mails: readonly RawMail[], cursor?: Cursor): Promise<void>;
  loadCursor(mailboxId: string, folder: string): Promise<string | undefined>;
  services: SourceServices;
  log: SourceContext['log'];
  onChange(topic: Topic): void;
  /** Null: no mail is received by SMTP. Port 0 takes any free port. */
  receiver: {
    host: string;
    port: number;
    certificate?: CertificateFiles | undefined;
    limits?: Partial<ReceiverLimits>;
  } | null;
  /** For tests, which cannot wait for the intervals that providers tolerate. */
  timing?: Partial<ReadingTiming>;
}

export interface Mailboxes {
  /** Starts a source for every enabled mailbox; resolves when the receiver's port is open or has failed. Sources connect in the background. */
  start(): Promise<void>;
  /** Resolves when no source runs any more. */
  stop(): Promise<void>;
  /** Resolves when the mailbox runs as the settings of this moment say: its status is no longer that of a former source. */
  aligned(id: string): Promise<void>;
  statuses(): ReadonlyMap<string, MailboxStatus>;
  status(id: string): MailboxStatus;
  /** Looks for new mail now. UserError `mailbox-not-running` where there is no source. */
  wake(id: string): void;
  /**
   * Compares with the server, whether the mailbox is being read or not: `missing` is asked which of the mails that the server has the ledger
   * lacks, and those are taken. UserError `mailbox-not-comparable` where mail is handed over rather than fetched.
   */
  list(mailbox: Mailbox, missing: AskMissing): Promise<void>;
  /** Tries the mailbox out, whether it is saved or not; with its own login where no credentials are given. */
  verify(mailbox: Mailbox, credentials?: GetCredentials): Promise<VerifyReport>;
  /** Gets a mail that was shortened once more, as a whole; see SourceType. OperationalError `mailbox-gone`. */
  fetchWhole(id: string, mail: StoredMail): Promise<Uint8Array>;
  /** Undefined while the receiver does not listen. */
  readonly receiverPort: number | undefined;
}

interface Running {
  mailbox: Mailbox;
  source: Source;
}

/** Keeps one source per enabled mailbox, in step with the settings. A mailbox in trouble touches no other. */
export function createMailboxes(deps: MailboxesDeps): Mailboxes {
  const { settings, log } = deps;
  const running = new Map<string, Running>();
  const statuses = new Map<string, MailboxStatus>();
  /** Changes of one mailbox happen one after the other: the new source must not start before the old one has ended. */
  const pending = new Map<string, Promise<void>>();
  let receiver: SmtpReceiver | undefined;
  let stopListening: (() => void) | undefined;
  let stopped = false;

  function contextOf(mailbox: Mailbox): SourceContext {
    const tagged = (data: object) => ({ mailbox: mailbox.name, ...data });
    return {
      mailbox,
      credentials: storedCredentials(mailbox),
      accept: (mails, cursor) => deps.accept(mailbox, mails, cursor),
      loadCursor: (folder) => deps.loadCursor(mailbox.id, folder),
      services: deps.services,
      report(status) {
        statuses.set(mailbox.id, status);
        deps.onChange('mailboxes');
      },
      log: {
        info: (data, message) => log.info(tagged(data), message),
        warn: (data, message) => log.warn(tagged(data), message),
      },
    };
  }

  /** What the mailbox logs in with; the receiver logs in nowhere. */
  function storedCredentials(mailbox: Mailbox): GetCredentials {
    const login = sourceTypeOf(mailbox)?.login(mailbox) ?? { username: '' };
    return credentialsOf(login, { open: settings.open, token: deps.token });
  }

  function createSource(mailbox: Mailbox): Source | undefined {
    const type = sourceTypeOf(mailbox);
    if (type) return type.createSource(contextOf(mailbox), deps.timing);
    if (deps.receiver === null) return undefined;
    receiver = createSmtpReceiver(contextOf(mailbox), {
      ...deps.receiver,
      domains: () => receivedDomains(settings.read()),
    });
    return receiver;
  }

  /** Brings one mailbox to what the settings say at the moment when its turn comes. */
  async function align(id: string): Promise<void> {
    const wanted = stopped
      ? undefined
      : settings.read().mailboxes.find((mailbox) => mailbox.id === id && mailbox.enabled);
    const present = running.get(id);
    if (present && wanted && isDeepStrictEqual(present.mailbox, wanted)) return;
    if (present) {
      await present.source.stop();
      running.delete(id);
      if (present.source === receiver) receiver = undefined;
    }
    const exists = settings.read().mailboxes.some((mailbox) => mailbox.id === id);
    if (!wanted) {
      if (exists) statuses.set(id, { ...statuses.get(id), state: 'stopped' });
      else statuses.delete(id);
      deps.onChange('mailboxes');
      return;
    }
    // What is saved is never changed in place, but a source must not depend on that.
    const mailbox = structuredClone(wanted);
    const source = createSource(mailbox);
    if (!source) return;
    statuses.set(id, { state: 'starting' });
    running.set(id, { mailbox, source });
    source.start();
  }

  function schedule(id: string): Promise<void> {
    const turn = (pending.get(id) ?? Promise.resolve())
      .then(() => align(id))
      .catch((error: unknown) =>
        log.warn({ mailbox: id, error: String(error) }, 'a mailbox could not be started or stopped'),
      );
    pending.set(id, turn);
    return turn;
  }

  async function alignAll(): Promise<void> {
    const ids = new Set([...running.keys(), ...statuses.keys(), ...settings.read().mailboxes.map(({ id }) => id)]);
    await Promise.all([...ids].map(schedule));
  }

  return {
    async start() {
      stopListening = settings.onChange(() => void alignAll());
      await alignAll();
      await receiver?.opened;
    },
    async stop() {
      stopped = true;
      stopListening?.();
      await alignAll();
    },
    async aligned(id) {
      await pending.get(id);
    },
    statuses: () => statuses,
    status: (id) => statuses.get(id) ?? { state: 'stopped' },
    wake(id) {
      const present = running.get(id);
      if (!present) {
        throw new UserError('mailbox-not-running', 'This mailbox is not being read. Enable it first.', { status: 409 });
      }
      present.source.wake();
    },
    async list(mailbox, missing) {
      const type = sourceTypeOf(mailbox);
      if (!type) {
        const message = 'Programs hand mail over to the receiver: there is no server to compare it with.';
        throw new UserError('mailbox-not-comparable', message, { status: 409 });
      }
      await type.list(contextOf(mailbox), missing);
    },
    async verify(mailbox, credentials = storedCredentials(mailbox)) {
      const type = sourceTypeOf(mailbox);
      if (type) return await type.verify(mailbox, credentials, deps.services);
      const port = receiver?.port;
      const message =
        port === undefined ? 'Nothing listens; see the mailbox status.' : `Mail is received on port ${port}.`;
      return { ok: port !== undefined, steps: [{ name: 'Listen', ok: port !== undefined, message }] };
    },
    async fetchWhole(id, mail) {
      const mailbox = settings.read().mailboxes.find((each) => each.id === id);
      const type = mailbox && sourceTypeOf(mailbox);
      if (!mailbox || !type) throw nothingToAsk();
      return await type.fetchWhole(mailbox, storedCredentials(mailbox), mail, deps.services);
    },
    get receiverPort() {
      return receiver?.port;
    },
  };
}
