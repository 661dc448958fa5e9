/**
 * The yardstick: imapflow and mailparser over the same mailbox, as a script of ten lines would do it. It stores nothing, decides
 * nothing and survives nothing. Prints { seconds }: of each lap of so many mails.
 */
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';

const [port, user, password, lap] = process.argv.slice(2);
const client = new ImapFlow({
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  doSTARTTLS: false,
  auth: { user: user ?? '', pass: password ?? '' },
  logger: false,
  // Some servers offer it: the yardstick must not be slower there.
  disableCompression: true,
});
const seconds: number[] = [];
let begin = performance.now();
await client.connect();
await client.mailboxOpen('INBOX');
let mails = 0;
let characters = 0;
for await (const message of client.fetch('1:*', { uid: true, source: true })) {
  const mail = await simpleParser(message.source ?? '');
  characters += (mail.text ?? '').length;
  mails += 1;
  if (mails % Number(lap) !== 0) continue;
  seconds.push((performance.now() - begin) / 1_000);
  begin = performance.now();
}
await client.logout();
console.log(JSON.stringify({ seconds, characters }));
