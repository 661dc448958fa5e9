import { type AddressInfo, createServer, type Socket } from 'node:net';

interface StoredMail {
  uidl: string;
  bytes: Buffer;
  /** What LIST claims, where that is not the truth. */
  claims?: number;
}

export interface ScriptedPop3Server {
  readonly port: number;
  /** The maildrop; changing it changes what later sessions see. */
  mails: StoredMail[];
  /** Every command of every session, as it came. */
  readonly commands: string[];
  /** What CAPA tells. */
  capabilities: string[];
  /** Called first: a text is sent as it is, `close` hangs up, undefined lets the server answer properly. */
  answer: (line: string, socket: Socket) => string | 'close' | undefined;
  stop(): Promise<void>;
}

/** A small POP3 server that hands out the very bytes it was given, and misbehaves where a test tells it to. */
export async function startPop3Server(mails: StoredMail[] = []): Promise<ScriptedPop3Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const session = { mails: [...scripted.mails], deleted: new Set<StoredMail>() };
    socket.write('+OK ready\r\n');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        scripted.commands.push(line);
        const own = scripted.answer(line, socket);
        if (own === 'close') socket.destroy();
        else socket.write(own ?? properly(line, session), 'latin1');
        if (line === 'QUIT') socket.end();
      }
    });
  });

  function properly(line: string, session: { mails: StoredMail[]; deleted: Set<StoredMail> }): string {
    const [command = '', first = ''] = line.split(' ');
    const mail = session.mails[Number(first) - 1];
    const list = (entry: (mail: StoredMail) => string | number) =>
      block(session.mails.map((each, index) => `${index + 1} ${entry(each)}\r\n`).join(''));
    if (command === 'CAPA') return block(scripted.capabilities.map((name) => `${name}\r\n`).join(''));
    if (command === 'LIST') return list(({ bytes, claims }) => claims ?? bytes.length);
    if (command === 'UIDL') return list(({ uidl }) => uidl);
    if (command === 'RETR' && mail) return block(stuffed(mail.bytes.toString('latin1')));
    if (command === 'TOP' && mail) {
      const content = mail.bytes.toString('latin1');
      return block(stuffed(content.slice(0, content.indexOf('\r\n\r\n') + 4)));
    }
    if (command === 'DELE' && mail) session.deleted.add(mail);
    if (command === 'QUIT') scripted.mails = scripted.mails.filter((each) => !session.deleted.has(each));
    return '+OK\r\n';
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const scripted: ScriptedPop3Server = {
    // A listening TCP server's address is never a string or null.
    port: (server.address() as AddressInfo).port,
    mails,
    commands: [],
    capabilities: ['TOP', 'UIDL', 'USER'],
    answer: () => undefined,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return scripted;
}

function block(content: string): string {
  return `+OK\r\n${content}.\r\n`;
}

function stuffed(content: string): string {
  return content.replace(/(^|\r\n)\./g, '$1..');
}
