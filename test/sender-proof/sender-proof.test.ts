import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSenderProof, type SenderProof } from '../../runtime/sender-proof/sender-proof.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let dns: DnsServer;
let proof: SenderProof;
beforeAll(async () => {
  dns = await startDnsServer();
  const key = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
  for (const domain of ['strict.com', 'watching.com', 'plain.com', 'evil.com']) {
    dns.texts.set(`s1._domainkey.${domain}`, [key]);
    dns.texts.set(domain, ['v=spf1 ip4:203.0.113.5 -all']);
  }
  dns.texts.set('_dmarc.strict.com', ['v=DMARC1; p=reject']);
  dns.texts.set('_dmarc.watching.com', ['v=DMARC1; p=none']);
  proof = createSenderProof({ dnsServers: [dns.address] });
  for (const silent of ['away.com', '_dmarc.away.com']) dns.silent.add(silent);
});
afterAll(async () => {
  await proof.close();
  await dns.stop();
});

/** As a socket writes it that listens to both kinds of addresses. */
const theirs = '::ffff:203.0.113.5';
const other = '198.51.100.9';

const plain = (domain: string) =>
  Buffer.from(
    [
      `From: Vera <vera@${domain}>`,
      'To: support@demo.test',
      'Subject: Parcel',
      'Date: Fri, 20 Nov 2026 10:00:00 +0000',
      `Message-ID: <1@${domain}>`,
      '',
      'Where is it?',
      '',
    ].join('\r\n'),
  );

async function signed(domain: string, signingDomain = domain): Promise<Buffer> {
  const mail = plain(domain);
  const key = { signingDomain, selector: 's1', privateKey };
  const { signatures } = await dkimSign(mail, { ...key, signatureData: [key] });
  return Buffer.concat([Buffer.from(signatures), mail]);
}

const change = (mail: Buffer) => Buffer.from(mail.toString().replace('Where', 'There'));

test.each<[string, () => Promise<Buffer> | Buffer, string, string, object]>([
  [
    'signed by its domain',
    () => signed('strict.com'),
    'strict.com',
    other,
    { sender: 'proved', dkim: 'pass', dmarc: 'pass', spf: 'fail' },
  ],
  [
    'from a server of its domain',
    () => plain('strict.com'),
    'strict.com',
    theirs,
    { sender: 'proved', spf: 'pass', dmarc: 'pass' },
  ],
  [
    'from elsewhere, and the domain asks to refuse that',
    () => plain('strict.com'),
    'strict.com',
    other,
    { sender: 'forged', spf: 'fail', dkim: 'none', dmarc: 'fail' },
  ],
  [
    'signed, and changed on the way',
    async () => change(await signed('strict.com')),
    'strict.com',
    other,
    { sender: 'forged', dmarc: 'fail' },
  ],
  [
    'from elsewhere, and the domain only watches',
    () => plain('watching.com'),
    'watching.com',
    other,
    { sender: 'unproved', dmarc: 'fail' },
  ],
  [
    'from a domain that says nothing of itself',
    () => plain('nothing.com'),
    'nothing.com',
    other,
    { sender: 'unproved', spf: 'none', dmarc: 'none' },
  ],
  [
    'signed by a domain without a policy',
    () => signed('plain.com'),
    'plain.com',
    other,
    { sender: 'proved', dmarc: 'none' },
  ],
  [
    'signed by somebody else',
    () => signed('plain.com', 'evil.com'),
    'plain.com',
    other,
    { sender: 'unproved', dkim: 'pass' },
  ],
  [
    'signed, and handed over by a relay of our own',
    () => signed('strict.com'),
    'strict.com',
    '127.0.0.1',
    { sender: 'proved', spf: 'none' },
  ],
  [
    'not signed, and handed over by a relay of our own',
    () => plain('strict.com'),
    'strict.com',
    '10.0.0.7',
    { sender: 'unknown', spf: 'none' },
  ],
])('a mail %s', async (_name, mail, domain, ip, expected) => {
  const found = await proof.check(await mail(), {
    envelopeFrom: `vera@${domain}`,
    fromDomain: domain,
    client: { ip, name: 'mx.sender.test' },
  });

  expect(found).toMatchObject({ by: 'Sluice', ...expected });
  expect(found.evidence?.map(({ method }) => method)).toEqual(expect.arrayContaining(['spf', 'dkim', 'dmarc']));
});

test('a DNS that is away holds nothing against the sender, and soon holds up nobody', async () => {
  const impatient = createSenderProof({ dnsServers: [dns.address], timeMs: 400 });
  onTestFinished(() => impatient.close());
  const facts = { envelopeFrom: 'vera@away.com', fromDomain: 'away.com', client: { ip: other, name: 'x' } };

  const found = await Promise.all([1, 2].map(() => impatient.check(plain('away.com'), facts)));

  expect(found.map(({ sender, dmarc }) => [sender, dmarc])).toEqual([
    ['unknown', 'temperror'],
    ['unknown', 'temperror'],
  ]);
  expect(found[0]?.evidence?.[0]?.reason).toContain('within 0.4 seconds');
});

test('what is asked for after the end is unknown', async () => {
  const ended = createSenderProof({ dnsServers: [dns.address] });
  await ended.close();

  const found = await ended.check(plain('strict.com'), {
    envelopeFrom: '',
    fromDomain: 'strict.com',
    client: { ip: other, name: '' },
  });

  expect(found.sender).toBe('unknown');
});
