import { connect, type Socket } from 'node:net';
import { until } from '../support/until.ts';

/** A bare SMTP client that says exactly what it is told to, proper or not. */
export interface SmtpClient {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: () => boolean;
  write(bytes: string | Uint8Array): void;
  /** Writes a line and resolves with the (last line of the) reply. */
  say(line: string): Promise<string>;
  /** The next whole reply. */
  reply(): Promise<string>;
  end(): void;
}

export async function connectSmtp(port: number): Promise<SmtpClient> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let read = 0;
  let closed = false;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  const nextReply = () => /(?:^\d{3}-.*\r\n)*^(\d{3} .*)\r\n/m.exec(text.slice(read));
  const client: SmtpClient = {
    socket,
    received: () => text,
    closed: () => closed,
    write: (bytes) => void socket.write(bytes),
    async say(line) {
      socket.write(`${line}\r\n`);
      return await client.reply();
    },
    async reply() {
      await until('an SMTP reply', () => nextReply() !== null || closed);
      const found = nextReply();
      if (!found) return 'closed';
      read += found.index + found[0].length;
      return found[1] ?? '';
    },
    end: () => void socket.destroy(),
  };
  return client;
}

/** Greets and hands over one mail; resolves with the reply to its content, or the first refusal. */
export async function sendRaw(
  client: SmtpClient,
  from: string,
  to: readonly string[],
  content: string,
): Promise<string> {
  for (const line of [`MAIL FROM:<${from}>`, ...to.map((address) => `RCPT TO:<${address}>`), 'DATA']) {
    const reply = await client.say(line);
    if (!/^[23]/.test(reply)) return reply;
  }
  client.write(content);
  return await client.reply();
}
