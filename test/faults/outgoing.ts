import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail that the outgoing server had as a whole, whether it could answer or not. */
export interface TakenMail {
  to: string[];
  messageId: string;
  /** It was told that the mail is refused. */
  refused: boolean;
}

/** The server that answers leave through: a process that can be killed, always on the same port. */
export interface Outgoing {
  readonly port: number;
  start(): Promise<void>;
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** So many of the next mails get this code after their text. */
  refuse(mails: number, code: number): void;
  taken(): Promise<TakenMail[]>;
}

export function createOutgoing(port: number, folder: string): Outgoing {
  const journal = join(folder, 'outgoing.ndjson');
  let child: ChildProcess | undefined;
  return {
    port,
    async start() {
      child = fork(join(import.meta.dirname, 'outgoing-child.ts'), [String(port), journal]);
      await once(child, 'message');
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    signal: (signal) => void child?.kill(signal),
    refuse: (mails, code) => void child?.send({ mails, code }),
    async taken() {
      const text = await readFile(journal, 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    },
  };
}
