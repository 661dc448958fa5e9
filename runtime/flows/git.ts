import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperationalError, UserError } from '../../schemas/errors.ts';

/** A commit takes milliseconds; hooks may take seconds, and one that asks a question would wait for ever. */
const timeoutMs = 30_000;

const lockTries = 5;
const lockWaitMs = 300;

export interface GitAuthor {
  name: string;
  email: string;
}

/** Git for the flows folder, through the `git` of the machine, never through a shell. */
export interface Git {
  /** True if files of the folder are under git's care. */
  active(): Promise<boolean>;
  /** Throws UserError `git-detached-head` where a commit would belong to no branch. Call it before anything is changed. */
  assertCommittable(): Promise<void>;
  /**
   * Commits these files (deleted ones too) and nothing else that lies about; returns the commit, or null where git is told to
   * ignore them all. Files that are committed already are no error. On failure the index is as before.
   *
   * @throws UserError `git-refused` with git's own words; OperationalError `git-locked`, `git-missing`, `git-timeout`.
   */
  commit(files: readonly string[], message: string, author: GitAuthor): Promise<string | null>;
  /** Who last committed the file; null if its present text is not committed. */
  lastChange(file: string): Promise<{ author: string; subject: string; commit: string } | null>;
  /** Commits of the file on this branch, the newest first; empty while there is none. At most 1,000. */
  log(file: string): Promise<Commit[]>;
}

export interface Commit {
  commit: string;
  author: string;
  /** ISO 8601 */
  at: string;
  message: string;
}

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

export function createGit(folder: string): Git {
  const run = (args: readonly string[], input = '') => runGit(folder, args, input);

  async function must(args: readonly string[], input = ''): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await run(args, input);
      if (answer.code === 0) return answer.stdout.trim();
      // Git names the lock file in every language.
      if (!answer.stderr.includes('.lock')) throw refused(answer);
      if (attempt === lockTries) throw locked(answer);
      await sleep(lockWaitMs);
    }
  }

  async function isIgnored(file: string): Promise<boolean> {
    return (await run(['check-ignore', '--quiet', '--', file])).code === 0;
  }

  async function caredFor(files: readonly string[]): Promise<string[]> {
    const cared: string[] = [];
    for (const file of files) if (!(await isIgnored(file))) cared.push(file);
    return cared;
  }

  /** Those that differ from what is committed; one that git never knew and that is gone again is none of them. */
  async function changedOf(files: readonly string[]): Promise<{ file: string; isNew: boolean }[]> {
    const changed: { file: string; isNew: boolean }[] = [];
    for (const file of files) {
      const status = await must(['status', '--porcelain', '--untracked-files=all', '--', file]);
      if (status !== '') changed.push({ file, isNew: status.startsWith('??') });
    }
    return changed;
  }

  async function lastChange(file: string) {
    const status = await must(['status', '--porcelain', '--untracked-files=all', '--', file]);
    if (status !== '' || (await isIgnored(file))) return null;
    const [commit, author, subject] = (await must(['log', '-1', '--format=%H%x00%an%x00%s', '--', file])).split('\0');
    return commit === undefined || commit === '' ? null : { commit, author: author ?? '', subject: subject ?? '' };
  }

  /** Git refuses to commit as nobody; a server's account often has no identity. */
  async function committer(): Promise<string[]> {
    const configured = await run(['config', '--get', 'user.email']);
    return configured.code === 0 ? [] : ['-c', 'user.name=Sluice', '-c', 'user.email=sluice@localhost'];
  }

  return {
    active: () => isInRepository(folder),
    async assertCommittable() {
      if ((await run(['symbolic-ref', '--quiet', 'HEAD'])).code === 0) return;
      // Fails with git's own words where it is no usable repository at all (another owner, damaged).
      await must(['rev-parse', '--git-dir']);
      throw new UserError(
        'git-detached-head',
        'The repository of the flows folder is on no branch (detached HEAD), where a commit would get lost. Check out a branch, then publish again.',
        { status: 409 },
      );
    },
    async commit(files, message, author) {
      const [first, ...others] = await caredFor(files);
      if (first === undefined) return null;
      const changed = await changedOf([first, ...others]);
      if (changed.length === 0) return (await lastChange(first))?.commit ?? null;
      const added = changed.filter(({ isNew }) => isNew).map(({ file }) => file);
      if (added.length > 0) await must(['add', '--intent-to-add', '--', ...added]);
      try {
        const signed = `--author=${authorOf(author)}`;
        const paths = changed.map(({ file }) => file);
        const commit = ['commit', '--quiet', '--only', '--cleanup=whitespace', signed, '--file=-', '--', ...paths];
        await must([...(await committer()), ...commit], messageOf(message, first));
        return await must(['rev-parse', 'HEAD']);
      } catch (thrown) {
        if (added.length > 0) await run(['rm', '--cached', '--force', '--quiet', '--', ...added]);
        throw thrown;
      }
    },
    lastChange,
    async log(file) {
      // On a branch without a commit git has no log and says so as an error.
      if ((await run(['rev-parse', '--verify', '--quiet', 'HEAD'])).code !== 0) return [];
      const text = await must(['log', '--max-count=1000', '--format=%H%x1f%an%x1f%aI%x1f%B%x1e', '--', file]);
      return text.split('\x1e').flatMap((entry): Commit[] => {
        const [commit, author = '', at = '', message = ''] = entry.trim().split('\x1f');
        return commit === undefined || commit === '' ? [] : [{ commit, author, at, message: message.trim() }];
      });
    },
  };
}

/** Looked up by hand: from git's own "not a repository" one cannot tell "there is none" from "I refuse to use it". */
async function isInRepository(folder: string): Promise<boolean> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await access(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (found) return true;
    if (dirname(at) === at) return false;
  }
}

function runGit(folder: string, args: readonly string[], input: string): Promise<Answer> {
  return new Promise((fulfil, reject) => {
    const options = { cwd: folder, timeout: timeoutMs, maxBuffer: 4_000_000 };
    const child = execFile('git', ['-c', 'core.quotePath=false', ...args], options, (error, stdout, stderr) => {
      if (error === null) return fulfil({ code: 0, stdout, stderr });
      if (error.code === 'ENOENT') return reject(missing());
      if (error.killed) return reject(timedOut(args[0] ?? ''));
      fulfil({
        code: typeof error.code === 'number' ? error.code : 1,
        stdout,
        stderr: stderr || stdout || error.message,
      });
    });
    // Git may end without reading what it is given.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Angle brackets and line breaks would end the name in git's own format. */
function authorOf({ name, email }: GitAuthor): string {
  const plain = (text: string) => text.replace(/[\p{Cc}<>]/gu, ' ').trim();
  const address = plain(email) || 'unknown@localhost';
  return `${plain(name) || address} <${address}>`;
}

function messageOf(message: string, file: string): string {
  return message.replaceAll('\0', '').trim() || `Publish ${file}`;
}

function refused(answer: Answer): UserError {
  const words = answer.stderr.trim().slice(0, 2_000);
  return new UserError('git-refused', `Git refused the commit, so nothing was changed: ${words}`, {
    status: 409,
    data: { exitCode: answer.code },
  });
}

function locked(answer: Answer): OperationalError {
  const words = answer.stderr.trim().slice(0, 2_000);
  return new OperationalError(
    'git-locked',
    `Another git command is at work in the flows folder, so nothing was changed. Try again; if it stays, remove the lock file. Git says: ${words}`,
  );
}

function missing(): OperationalError {
  return new OperationalError(
    'git-missing',
    'The flows folder is in a git repository, but git is not installed (or the folder is missing). Install git, or move the flows folder out of the repository.',
  );
}

function timedOut(command: string): OperationalError {
  return new OperationalError(
    'git-timeout',
    `git ${command} did not end within ${timeoutMs / 1_000} s, so nothing was changed. Look for a hook or a signature that waits for input.`,
  );
}
