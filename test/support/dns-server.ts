import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { type Answer, decode, encode } from 'dns-packet';

/** A DNS server on this machine that says what a test puts into it, by UDP as the real ones do. */
export interface DnsServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** Texts by full name; one longer than 255 characters goes out in chunks. */
  readonly texts: Map<string, string[]>;
  /** Mail hosts by domain. */
  readonly hosts: Map<string, string[]>;
  /** Names that it says nothing about, not even no. */
  readonly silent: Set<string>;
  stop(): Promise<void>;
}

export async function startDnsServer(): Promise<DnsServer> {
  const texts = new Map<string, string[]>();
  const hosts = new Map<string, string[]>();
  const silent = new Set<string>();
  const socket = createSocket('udp4');

  socket.on('message', (message, from) => {
    const query = decode(message);
    const [question] = query.questions ?? [];
    if (question === undefined || silent.has(question.name)) return;
    const { name, type } = question;
    const answers: Answer[] =
      type === 'TXT'
        ? (texts.get(name) ?? []).map((text) => ({ type, name, ttl: 0, data: text.match(/.{1,255}/g) ?? [''] }))
        : type === 'MX'
          ? (hosts.get(name) ?? []).map((exchange, index) => ({
              type,
              name,
              ttl: 0,
              data: { preference: index, exchange },
            }))
          : [];
    const isKnown = texts.has(name) || hosts.has(name);
    // 0x8580: an answer, authoritative, recursion asked for and there; 3 is "no such name".
    const flags = 0x0580 | (isKnown ? 0 : 3);
    socket.send(
      encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers }),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  // A bound UDP socket has an address object.
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    texts,
    hosts,
    silent,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
