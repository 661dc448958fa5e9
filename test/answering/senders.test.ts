import { expect, test } from 'vitest';
import { chosenSender, sendersOf } from '../../runtime/answering/senders.ts';
import { mailboxOr } from '../../runtime/outbound/mailbox-or.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import type { Settings } from '../../schemas/settings.ts';
import { emailFrom } from '../outbound/fixture.ts';

function mailIn(settings: Settings) {
  return {
    email: emailFrom('vera@example.test'),
    mailbox: mailboxOr(settings, 'receiver'),
    route: settings.routes[0],
    queue: 'general',
  };
}

test('an address whose domain was lost is offered with the reason, and refused', () => {
  const settings = firstSettings();
  settings.domains.push({ id: 'lost', name: 'lost.com', receives: false, dkim: [] });
  settings.fromAddresses = [{ id: 'lost', address: 'desk@lost.com', name: 'Desk', group: 'Support' }];
  Object.assign(settings.routes[0] ?? {}, { fromGroups: ['Support'] });
  const mail = mailIn(settings);

  const problem = sendersOf(settings, mail)[1]?.problem;

  expect(problem).toContain('lost.com is not verified');
  expect(() => chosenSender(settings, mail, 'lost')).toThrow(
    expect.objectContaining({ code: 'unverified-domain', status: 422, message: problem }),
  );
});

test('the address that the mail was written to may be answered from, unless its domain is ours and not verified', () => {
  const settings = firstSettings();
  const [receiver] = settings.mailboxes;
  const atProvider = { ...mailIn(settings), mailbox: { ...mailboxOr(settings, 'x'), address: 'acme@gmail.com' } };
  atProvider.email = emailFrom('vera@example.test', { to: [] });
  settings.domains.push({ id: 'lost', name: 'lost.com', receives: false, dkim: [] });
  const lost = { ...atProvider, mailbox: { ...atProvider.mailbox, address: 'desk@lost.com' } };

  expect(chosenSender(settings, mailIn(settings), undefined).address).toBe(receiver?.address);
  expect(chosenSender(settings, atProvider, undefined).address).toBe('acme@gmail.com');
  expect(() => chosenSender(settings, lost, undefined)).toThrow(expect.objectContaining({ code: 'unverified-domain' }));
  const nobody = { ...atProvider, mailbox: { ...atProvider.mailbox, address: '' } };
  expect(() => chosenSender(settings, nobody, undefined)).toThrow(expect.objectContaining({ code: 'no-from-address' }));
});
