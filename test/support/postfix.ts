import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** Users that every Debian has; Postfix wants three that differ, and none of them root. */
const owner = 'uucp';
const setgid = 'news';
const unprivileged = 'nobody';

export interface Postfix {
  readonly port: number;
  /** What it logged so far. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Postfix drops privileges, so it starts as root only: true in a container and under sudo. */
export const canStartPostfix = userInfo().uid === 0;

/**
 * A real Postfix that takes mail from this machine and hands it on by domain, from a folder of its own: nothing is installed, since the
 * package would set up a mail server on the machine.
 *
 * @param transports domain → port of the SMTP server on this machine that takes its mail.
 */
export async function startPostfix(transports: Readonly<Record<string, number>>): Promise<Postfix> {
  const root = await programs();
  const folder = await mkdtemp(join(tmpdir(), 'sluice-postfix-'));
  const config = join(folder, 'config');
  const queue = join(folder, 'queue');
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const port = await freePort();
  await makeFolders(folder, { config, queue, data });
  const ownLibraries = join(root, 'usr/lib/postfix');
  const daemons = join(ownLibraries, 'sbin');
  const libraryPath = await libraryFolders(root);
  await writeFile(log, '');
  await writeFile(
    join(config, 'main.cf'),
    mainConfig({ daemons, queue, data, log, root, ownLibraries, libraryPath, transports }),
  );
  await writeFile(join(config, 'master.cf'), masterConfig(port));
  const child = spawn(join(daemons, 'master'), ['-c', config, '-d'], {
    env: { MAIL_CONFIG: config, LD_LIBRARY_PATH: libraryPath, PATH: process.env.PATH },
    stdio: 'ignore',
  });
  const readLog = () => readFile(log, 'utf8');
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until('Postfix answers', () => answers(port), 20_000);
  } catch (error) {
    const said = await readLog();
    await stop();
    throw new Error(`Postfix did not start:\n${said}`, { cause: error });
  }
  return { port, log: readLog, stop };
}

/** The programs of the package: those of the system, or its archive and those of its libraries unpacked once per machine. */
async function programs(): Promise<string> {
  if (existsSync('/usr/lib/postfix/sbin/master')) return '/';
  const kept = join(tmpdir(), `sluice-postfix-package-${userInfo().uid}`);
  const root = join(kept, 'root');
  if (existsSync(join(root, 'usr/lib/postfix/sbin/master'))) return root;
  await mkdir(kept, { recursive: true });
  const download = async () => run('apt-get', ['download', ...(await missingPackages())], { cwd: kept });
  // Lists may be absent or name a version that the mirror no longer has.
  await download().catch(async () => {
    await run('apt-get', ['update']);
    await download();
  });
  const archives = (await readdir(kept)).filter((name) => name.endsWith('.deb'));
  // The package itself comes last: its programs tell that all is there.
  for (const archive of archives.toSorted(
    (a, b) => Number(a.startsWith('postfix_')) - Number(b.startsWith('postfix_')),
  )) {
    await run('dpkg', ['-x', archive, root], { cwd: kept });
  }
  return root;
}

/** Postfix, and the libraries that installing it would bring along. */
async function missingPackages(): Promise<string[]> {
  const { stdout } = await run('apt-get', ['install', '--simulate', '--no-install-recommends', 'postfix']);
  return [...stdout.matchAll(/^Inst (postfix|lib\S+) /gm)].flatMap(([, name]) => name ?? []);
}

/** Where the programs find libraries: Postfix's own, and those that came along, whatever the machine's architecture is called. */
async function libraryFolders(root: string): Promise<string> {
  const own = join(root, 'usr/lib/postfix');
  if (root === '/') return own;
  const brought = (await readdir(join(root, 'usr/lib'))).filter((name) => name.includes('-linux-'));
  return [own, ...brought.map((name) => join(root, 'usr/lib', name))].join(':');
}

async function makeFolders(folder: string, places: { config: string; queue: string; data: string }): Promise<void> {
  await run('chmod', ['755', folder]);
  for (const place of Object.values(places)) await mkdir(place, { recursive: true });
  const { queue, data } = places;
  const [ownerId, setgidId] = await Promise.all([idOf('passwd', owner), idOf('group', setgid)]);
  const queues = [
    'active',
    'bounce',
    'corrupt',
    'defer',
    'deferred',
    'flush',
    'hold',
    'incoming',
    'private',
    'saved',
    'trace',
  ];
  for (const name of queues) {
    await mkdir(join(queue, name));
    await chown(join(queue, name), ownerId, 0);
  }
  for (const name of ['public', 'maildrop']) {
    await mkdir(join(queue, name), { mode: 0o730 });
    await chown(join(queue, name), ownerId, setgidId);
  }
  await mkdir(join(queue, 'pid'));
  await chown(data, ownerId, 0);
}

async function idOf(database: 'passwd' | 'group', name: string): Promise<number> {
  const { stdout } = await run('getent', [database, name]);
  return Number(stdout.split(':')[2]);
}

interface Places {
  daemons: string;
  queue: string;
  data: string;
  log: string;
  root: string;
  ownLibraries: string;
  libraryPath: string;
  transports: Readonly<Record<string, number>>;
}

function mainConfig({ daemons, queue, data, log, root, ownLibraries, libraryPath, transports }: Places): string {
  const routes = Object.entries(transports).map(([domain, port]) => `{ ${domain} = smtp:[127.0.0.1]:${port} }`);
  return `compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${data}
daemon_directory = ${daemons}
command_directory = ${join(root, 'usr/sbin')}
shlib_directory = ${ownLibraries}
import_environment = MAIL_CONFIG LD_LIBRARY_PATH=${libraryPath}
maillog_file = ${log}
maillog_file_prefixes = ${log}
mail_owner = ${owner}
setgid_group = ${setgid}
default_privs = ${unprivileged}
myhostname = relay.example.test
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = inline:{ ${routes.join(', ')} }
minimal_backoff_time = 2s
maximal_backoff_time = 2s
queue_run_delay = 2s
`;
}

function masterConfig(port: number): string {
  const service = (name: string, type: string, isPrivate: string, wakeup: string, processes: string, command: string) =>
    [name, type, isPrivate, '-', 'n', wakeup, processes, command].join(' ');
  return [
    service(`127.0.0.1:${port}`, 'inet', 'n', '-', '-', 'smtpd'),
    service('pickup', 'unix', 'n', '60', '1', 'pickup'),
    service('cleanup', 'unix', 'n', '-', '0', 'cleanup'),
    service('qmgr', 'unix', 'n', '300', '1', 'qmgr'),
    service('rewrite', 'unix', '-', '-', '-', 'trivial-rewrite'),
    service('bounce', 'unix', '-', '-', '0', 'bounce'),
    service('defer', 'unix', '-', '-', '0', 'bounce'),
    service('trace', 'unix', '-', '-', '0', 'bounce'),
    service('proxymap', 'unix', '-', '-', '-', 'proxymap'),
    service('smtp', 'unix', '-', '-', '-', 'smtp'),
    service('error', 'unix', '-', '-', '-', 'error'),
    service('retry', 'unix', '-', '-', '-', 'error'),
    service('anvil', 'unix', '-', '-', '1', 'anvil'),
    service('scache', 'unix', '-', '-', '1', 'scache'),
    service('postlog', 'unix-dgram', 'n', '-', '1', 'postlogd'),
    '',
  ].join('\n');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', (greeting) => {
      socket.destroy();
      resolve(greeting.toString().startsWith('220'));
    });
    socket.once('error', () => resolve(false));
    socket.setTimeout(2_000, () => {
      socket.destroy();
      resolve(false);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
