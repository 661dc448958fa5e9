import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let dns: DnsServer;
let http: HttpUnderTest;
beforeAll(async () => {
  dns = await startDnsServer();
  http = await startHttp({ dnsServers: [dns.address] });
});
afterAll(async () => {
  await http.stop();
  await dns.stop();
});

interface Found {
  key: string;
  name: string;
  value: string;
  state: string;
  advice: string;
  found: string[];
}
const recordOf = (view: { records: Found[] }, key: string) => view.records.find((record) => record.key.startsWith(key));
const statesOf = (view: { records: Found[] }) => view.records.map(({ state }) => state);
const check = async (id: string) => (await http.admin.post(`/api/domains/${id}/check`)).json;

test('a domain says what to publish, and the check what is there, missing or wrong', async () => {
  const added = await http.admin.post('/api/domains', {
    name: 'Bücher-Laden.com',
    receives: true,
    mailHost: 'mail.laden.com',
    spf: 'include:spf.relay.net',
  });
  const { id, name } = added.json;
  const nothing = await check(id);
  dns.hosts.set(name, ['mx.provider.net']);
  dns.texts.set(name, ['some-verification=1', 'v=spf1 mx -all']);
  dns.texts.set(`_dmarc.${name}`, ['v=DMARC1; p=none']);
  dns.texts.set(recordOf(added.json, 'dkim')?.name ?? '', ['v=DKIM1; k=rsa; p=AAAA']);
  const wrong = await check(id);
  for (const record of added.json.records as Found[]) {
    if (record.key === 'mx') dns.hosts.set(name, ['mail.laden.com']);
    else dns.texts.set(record.name, ['unrelated', record.value].slice(record.key === 'spf' ? 0 : 1));
  }
  const right = await check(id);
  dns.silent.add(recordOf(added.json, 'dkim')?.name ?? '').add(name);
  const away = await check(id);
  dns.silent.clear();
  dns.texts.set(recordOf(added.json, 'dkim')?.name ?? '', []);
  dns.texts.set(name, ['v=spf1 -all', 'v=spf1 +all']);
  const lost = await check(id);

  expect(added.json).toMatchObject({ name: 'xn--bcher-laden-thb.com', unicode: 'bücher-laden.com', verified: false });
  expect(added.text).not.toContain('PRIVATE');
  expect(statesOf(added.json)).toEqual(['unchecked', 'unchecked', 'unchecked', 'unchecked']);
  expect(statesOf(nothing)).toEqual(['missing', 'missing', 'missing', 'missing']);
  expect(statesOf(wrong)).toEqual(['wrong', 'wrong', 'wrong', 'found']);
  expect(recordOf(wrong, 'mx')?.advice).toContain('mx.provider.net');
  expect(recordOf(wrong, 'spf')).toMatchObject({
    found: ['v=spf1 mx -all'],
    advice: expect.stringContaining('include:spf.relay.net'),
  });
  expect([statesOf(right), right.verified]).toEqual([['found', 'found', 'found', 'found'], true]);
  // The DNS that does not answer takes nothing away.
  expect([recordOf(away, 'dkim')?.state, away.verified]).toEqual(['unknown', true]);
  expect(recordOf(lost, 'spf')?.advice).toContain('2 SPF records');
  expect(lost.verified).toBe(false);
}, 60_000);

test('a from address is refused while its domain is not verified, with the reason', async () => {
  const { json: domain } = await http.admin.post('/api/domains', { name: 'shop.com' });
  const early = await http.admin.post('/api/from-addresses', { address: 'care@shop.com', name: 'Care' });
  const foreign = await http.admin.post('/api/from-addresses', { address: 'care@elsewhere.com', name: '' });
  const hostile = await http.admin.post('/api/from-addresses', { address: 'care@shop.com', name: 'a\r\nBcc: x@y.z' });
  const bad = await http.admin.post('/api/from-addresses', { address: 'care@shop.com>,<x@y.z', name: '' });
  const { name, value } = recordOf(domain, 'dkim') ?? { name: '', value: '' };
  dns.texts.set(name, [value]);
  await check(domain.id);
  const added = await http.admin.post('/api/from-addresses', { address: 'care@SHOP.com', name: 'Care', group: 'Shop' });
  const routed = await http.admin.post('/api/routes', {
    id: 'shop',
    pattern: 'shop@demo.test',
    flow: 'support',
    from: added.json.id,
  });
  const used = await http.admin.delete(`/api/from-addresses/${added.json.id}`);
  const domainUsed = await http.admin.delete(`/api/domains/${domain.id}`);
  const document = JSON.parse(await readFile(join(http.folder, 'flows/support.flow.json'), 'utf8'));
  const [ack] = Object.values<{ type: string; settings: object }>(document.actions).filter(
    ({ type }) => type === 'auto-response',
  );
  Object.assign(ack?.settings ?? {}, { from: added.json.id });
  const fine = await http.admin.post('/api/flows/support/check', { document });
  dns.texts.set(name, []);
  await check(domain.id);
  const lost = await http.admin.post('/api/flows/support/check', { document });
  Object.assign(ack?.settings ?? {}, { from: 'nobody' });
  const unknown = await http.admin.post('/api/flows/support/check', { document });
  const [mail = ''] = await sendMails(http, [{ subject: 'Lamp', to: 'shop@demo.test' }]);
  await http.admin.post(`/api/interactions/${mail}/claim`, {});
  const reply = { key: 'the-only-answer', to: ['vera@example.test'], subject: 'Re: Lamp', text: 'It comes tomorrow.' };
  const answered = await http.admin.post(`/api/interactions/${mail}/replies`, reply);
  await http.admin.delete('/api/routes/shop');

  expect([early.json.code, early.json.detail]).toEqual([
    'unverified-domain',
    expect.stringContaining('shop.com is not verified'),
  ]);
  expect(foreign.json.detail).toContain('none of our domains');
  expect([hostile.status, bad.json.code]).toEqual([422, 'bad-address']);
  expect(added.json).toMatchObject({ id: 'care-shop-com', address: 'care@shop.com', problem: '', group: 'Shop' });
  expect(routed.status).toBe(201);
  expect([used.json.code, domainUsed.json.code]).toEqual(['from-address-in-use', 'domain-in-use']);
  const codes = (answer: { json: { issues: { code: string }[] } }) => answer.json.issues.map(({ code }) => code);
  expect(codes(fine)).not.toContain('unusable-from-address');
  expect(codes(lost)).toContain('unusable-from-address');
  expect(codes(unknown)).toContain('unusable-from-address');
  expect([answered.status, answered.json.code]).toEqual([422, 'unverified-domain']);
});

test('a from address stands twice only under another name or in another group', async () => {
  const add = (address: string, name: string, group?: string) =>
    http.admin.post('/api/from-addresses', { address, name, ...(group && { group }) });
  const first = await add('help@demo.test', 'Help', 'Desk');

  const double = await add('HELP@Demo.test', 'help', 'Desk');
  const elsewhere = await add('help@demo.test', 'Help', 'Shop');
  const named = await add('help@demo.test', 'Anna of Help', 'Desk');
  const alone = await add('help@demo.test', 'Help');
  const path = `/api/from-addresses/${named.json.id}`;
  const renamed = await http.admin.patch(path, { name: 'Help' });
  const ungrouped = await http.admin.patch(`/api/from-addresses/${elsewhere.json.id}`, { group: '' });
  const same = await http.admin.patch(`/api/from-addresses/${first.json.id}`, { name: 'Help', group: 'Desk' });

  expect([first, elsewhere, named, alone].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect([double.status, double.json.code]).toEqual([409, 'from-address-twice']);
  expect(double.json.detail).toContain('stands in the group "Desk" already, with the same name');
  expect([renamed.status, ungrouped.status, same.status]).toEqual([409, 409, 200]);
  expect(ungrouped.json.detail).toContain('stands without a group already');
});

test('what is sent from a domain is signed; a new key signs once its record was seen', async () => {
  const sink = await startSmtpSink();
  const { json: items } = await http.admin.get('/api/domains');
  const demo = items.items.find((domain: { name: string }) => domain.name === 'demo.test');
  const first = (await http.admin.post(`/api/domains/${demo.id}/dkim`)).json;
  const way = { name: 'out', type: 'smtp', host: '127.0.0.1', port: sink.port, security: 'none' };
  const out = await http.admin.post('/api/outbound-mailboxes', way);
  const publish = (view: { records: Found[] }) => {
    for (const record of view.records) if (record.key.startsWith('dkim')) dns.texts.set(record.name, [record.value]);
  };
  const verdicts = async () => {
    const count = sink.mails.length;
    await sendMails(http, [{ subject: `Mail ${count}` }]);
    await until('the answer arrives', () => sink.mails.length > count);
    const resolver = async (name: string) => (dns.texts.get(name) ?? []).map((text) => [text]);
    const { results } = await dkimVerify(sink.mails.at(-1)?.raw ?? '', { resolver });
    return results.map(({ status, signingDomain, selector }) => [status.result, signingDomain, selector]);
  };

  publish(first);
  await check(demo.id);
  const before = await verdicts();
  const second = (await http.admin.post(`/api/domains/${demo.id}/dkim`)).json;
  const beside = await verdicts();
  publish(second);
  const seen = await check(demo.id);
  const after = await verdicts();
  await http.admin.delete(`/api/domains/${demo.id}/dkim/${first.dkim[0].selector}`);
  const gone = await verdicts();
  await sink.stop();
  await http.admin.delete(`/api/outbound-mailboxes/${out.json.id}`);

  const [old, fresh] = second.dkim.map(({ selector }: { selector: string }) => selector);
  expect(old).not.toBe(fresh);
  expect(before).toEqual([['pass', 'demo.test', old]]);
  expect(beside).toEqual([['pass', 'demo.test', old]]);
  expect(seen.dkim.map(({ signs }: { signs: boolean }) => signs)).toEqual([false, true]);
  expect(after).toEqual([['pass', 'demo.test', fresh]]);
  expect(gone).toEqual(after);
  const file = await readFile(join(http.folder, 'data/settings.json'), 'utf8');
  expect(file).not.toContain('PRIVATE KEY');
});
