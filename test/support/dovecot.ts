import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import { makeCertificate } from './certificates.ts';
import { accounts, type DovecotPorts, mailAccount, runsAsRoot } from './dovecot-config.ts';
import { installedLanguage, withServersPath } from './dovecot-version.ts';
import { freePort } from './free-port.ts';
import { type ImapProxy, startImapProxy } from './imap-proxy.ts';
import { until } from './until.ts';

const run = promisify(execFile);

export interface DovecotOptions {
  /** `hidden`: the capability is not advertised. `broken`: it is, and nothing is ever notified. Default `works`. */
  idle?: 'works' | 'hidden' | 'broken';
  /** Takes tokens by XOAUTH2, too, and asks there whether they are good. */
  introspectionUrl?: string;
  /** How tokens are shown; by default as Exchange has it, by XOAUTH2 alone. */
  mechanism?: 'xoauth2' | 'oauthbearer';
  /** Sessions at a time, where a hundred are not enough. */
  clients?: number;
  /** Access control lists are kept, asked for and shown. */
  acl?: boolean;
  /** Sessions may be compressed; 2.4 offers that always. */
  compress?: boolean;
  /** Takes mail for sending, too, and hands it to the SMTP server at this port. */
  relayPort?: number;
}

/** A real Dovecot with its own folder, ports and certificate. Every user name exists; the password is the same for all. */
export interface Dovecot {
  readonly host: string;
  readonly ports: Readonly<DovecotPorts>;
  readonly password: string;
  /** PEM of the authority that signed the server's certificate (names: localhost, 127.0.0.1). */
  readonly ca: string;
  /** Through LMTP, as a mail server would: returns once Dovecot has taken it. */
  deliver(user: string, raw: string | Uint8Array): Promise<void>;
  /** Saves into a folder that may have any name; makes it when missing. */
  deliverTo(user: string, folder: string, raw: string | Uint8Array): Promise<void>;
  /** Thousands of mails at once, straight into INBOX's maildir. */
  fill(user: string, mails: Iterable<string | Uint8Array>): Promise<void>;
  createFolder(user: string, folder: string): Promise<void>;
  renameFolder(user: string, from: string, to: string): Promise<void>;
  /** What the owner of the folder may do, in doveadm's words: `lookup`, `read`, `write-seen`. Needs `acl`. */
  setRights(user: string, folder: string, rights: readonly string[]): Promise<void>;
  /** What the server holds: UID, flags and such, in doveadm's own words, one object a mail. */
  fetch(user: string, folder: string, fields: readonly string[]): Promise<Record<string, string>[]>;
  addFlag(user: string, folder: string, uid: number, flag: string): Promise<void>;
  expunge(user: string, folder: string, uid: number): Promise<void>;
  /** Ends the user's sessions. */
  kick(user: string): Promise<void>;
  /** Gives INBOX a new UIDVALIDITY, so that every UID known so far means nothing. */
  changeUidValidity(user: string): Promise<void>;
  /** Copies the user's mail with its numbering, as a backup of the server does; what it gives puts the copy back. */
  backUp(user: string): Promise<() => Promise<void>>;
  /** Moves the arrival time of every mail in INBOX into the past, before the server has looked at them or after `changeUidValidity`. */
  ageMails(user: string, seconds: number): Promise<void>;
  /** SIGKILL to every process: the sessions drop, the port refuses. */
  kill(): Promise<void>;
  /** Starts again on the same ports, after `kill` or `stop`. */
  restart(): Promise<void>;
  /** SIGSTOP to every process: connections stay open and say nothing. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** How many sessions are open. */
  sessions(): Promise<number>;
  /** How often the user has logged in so far. */
  logins(user: string): Promise<number>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a server that is ready when this resolves. Call `stop` when done: it removes the folder, too. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const language = await installedLanguage();
  const folder = await mkdtemp(join(tmpdir(), 'sluice-dovecot-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'home'));
  if (runsAsRoot) await chown(join(folder, 'home'), mailAccount.uid, mailAccount.gid);
  const certificate = await makeCertificate(join(folder, 'tls'));
  const ports = {
    imap: await freePort(),
    imaps: await freePort(),
    lmtp: await freePort(),
    pop3: await freePort(),
    pop3s: await freePort(),
    submission: await freePort(),
  };
  const password = 'secret';
  const idle = options.idle ?? 'works';
  const config = join(folder, 'dovecot.conf');
  const { stdout: group } = await run('id', ['-gn']);
  const files = language({
    folder,
    ports,
    password,
    certificate,
    ...accounts(group.trim()),
    advertiseIdle: idle !== 'hidden',
    clients: options.clients,
    acl: options.acl,
    compress: options.compress,
    relayPort: options.relayPort,
    introspectionUrl: options.introspectionUrl,
    mechanism: options.mechanism,
  });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);

  let master = await launch(config, folder, ports);
  const proxy: ImapProxy | undefined = idle === 'broken' ? await startImapProxy(ports.imap) : undefined;
  const lmtp = createTransport({ host: '127.0.0.1', port: ports.lmtp, lmtp: true, ignoreTLS: true });
  const doveadm = async (...args: string[]) =>
    (await run('doveadm', ['-c', config, ...args], { maxBuffer: 1e8 })).stdout;
  const maildir = (user: string) => join(folder, 'home', user, 'Maildir');
  let serial = 0;

  async function endProcesses(signal: NodeJS.Signals): Promise<void> {
    const ended = new Promise((resolve) => master.once('exit', resolve));
    const gone = master.exitCode !== null || master.signalCode !== null;
    const pids = await family(master);
    for (const pid of signal === 'SIGKILL' ? pids : pids.slice(0, 1)) signalTo(pid, signal);
    if (!gone) await ended;
    await until(
      'Dovecot has let go of its port',
      async () => (await refuses(ports.imap)) && (await refuses(ports.pop3)),
    );
  }

  const dovecot: Dovecot = {
    host: '127.0.0.1',
    ports: { ...ports, imap: proxy?.port ?? ports.imap },
    password,
    ca: certificate.ca,
    async deliver(user, raw) {
      await lmtp.sendMail({ envelope: { from: 'sender@example.test', to: [user] }, raw: Buffer.from(raw) });
    },
    async deliverTo(user, mailFolder, raw) {
      await dovecot.createFolder(user, mailFolder);
      const file = join(folder, `save-${serial++}.eml`);
      await writeFile(file, raw);
      await doveadm('save', '-u', user, '-m', mailFolder, file);
      await rm(file);
    },
    async fill(user, mails) {
      const own = runsAsRoot ? mailAccount : undefined;
      for (const part of ['', 'tmp', 'new', 'cur']) {
        await mkdir(join(maildir(user), part), { recursive: true, mode: 0o700 });
        if (own) await chown(join(maildir(user), part), own.uid, own.gid);
      }
      if (own) await chown(join(folder, 'home', user), own.uid, own.gid);
      const seconds = Math.floor(Date.now() / 1_000);
      const write = async (mail: string | Uint8Array) => {
        const name = `${seconds}.M${String(serial++).padStart(8, '0')}.fill`;
        const written = join(maildir(user), 'tmp', name);
        await writeFile(written, mail);
        if (own) await chown(written, own.uid, own.gid);
        await rename(written, join(maildir(user), 'new', name));
      };
      const waiting = [...mails];
      while (waiting.length > 0) await Promise.all(waiting.splice(0, 100).map(write));
    },
    async createFolder(user, mailFolder) {
      if (mailFolder === 'INBOX') return;
      const known = (await doveadm('mailbox', 'list', '-u', user)).split('\n');
      if (!known.includes(mailFolder)) await doveadm('mailbox', 'create', '-u', user, mailFolder);
    },
    async renameFolder(user, from, to) {
      await doveadm('mailbox', 'rename', '-u', user, from, to);
    },
    async setRights(user, mailFolder, rights) {
      await doveadm('acl', 'set', '-u', user, mailFolder, 'owner', ...rights);
    },
    async fetch(user, mailFolder, fields) {
      const out = await doveadm('-f', 'json', 'fetch', '-u', user, fields.join(' '), 'mailbox', mailFolder, 'all');
      return JSON.parse(out || '[]');
    },
    async addFlag(user, mailFolder, uid, flag) {
      await doveadm('flags', 'add', '-u', user, flag, 'mailbox', mailFolder, 'uid', String(uid));
    },
    async expunge(user, mailFolder, uid) {
      await doveadm('expunge', '-u', user, 'mailbox', mailFolder, 'uid', String(uid));
    },
    async kick(user) {
      await doveadm('kick', user);
    },
    async changeUidValidity(user) {
      await endProcesses('SIGTERM');
      for (const name of await readdir(maildir(user))) {
        if (name === 'dovecot-uidlist' || name.startsWith('dovecot.index')) await rm(join(maildir(user), name));
      }
      master = await launch(config, folder, ports);
    },
    async backUp(user) {
      const copy = join(folder, `backup-${serial++}`);
      await run('cp', ['-a', maildir(user), copy]);
      return async () => {
        await endProcesses('SIGTERM');
        await rm(maildir(user), { recursive: true });
        await run('cp', ['-a', copy, maildir(user)]);
        master = await launch(config, folder, ports);
      };
    },
    async ageMails(user, seconds) {
      for (const part of ['new', 'cur']) {
        for (const name of await readdir(join(maildir(user), part))) {
          const file = join(maildir(user), part, name);
          const time = (await stat(file)).mtimeMs / 1_000 - seconds;
          await utimes(file, time, time);
        }
      }
    },
    kill: () => endProcesses('SIGKILL'),
    async restart() {
      master = await launch(config, folder, ports);
    },
    async freeze() {
      for (const pid of await family(master)) signalTo(pid, 'SIGSTOP');
    },
    async thaw() {
      for (const pid of await family(master)) signalTo(pid, 'SIGCONT');
    },
    sessions: async () => (await doveadm('who', '-1')).split('\n').filter((line) => / imap | pop3 /.test(line)).length,
    logins: async (user) =>
      // 2.3 says "Login", 2.4 "Logged in".
      (await dovecot.log())
        .split('\n')
        .filter((line) => /: Log(in|ged in): /.test(line) && line.includes(`user=<${user}>`)).length,
    log: () => readFile(join(folder, 'dovecot.log'), 'utf8'),
    async stop() {
      lmtp.close();
      await proxy?.stop();
      await dovecot.thaw();
      await endProcesses('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return dovecot;
}

async function launch(config: string, folder: string, ports: DovecotPorts): Promise<ChildProcess> {
  const master = spawn('dovecot', ['-F', '-c', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: withServersPath,
  });
  let complaint = '';
  master.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  await until('Dovecot greets', async () => {
    if (master.exitCode !== null) {
      const log = await readFile(join(folder, 'dovecot.log'), 'utf8').catch(() => '');
      throw new Error(`Dovecot ended while starting: ${complaint}\n${log.slice(-2_000)}`);
    }
    return (await greets(ports.imap)) && (await greets(ports.pop3)) && (await greets(ports.lmtp));
  });
  return master;
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(5_000, () => socket.destroy());
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      resolve(false);
      socket.destroy();
    });
    socket.once('error', () => resolve(true));
  });
}

/** The master first, then every process that it started. */
async function family(master: ChildProcess): Promise<number[]> {
  if (master.pid === undefined || master.exitCode !== null || master.signalCode !== null) return [];
  const pids = [master.pid];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const about = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(about.slice(about.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === master.pid) pids.push(Number(name));
  }
  return pids;
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Ended by itself between being listed and being signalled.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
