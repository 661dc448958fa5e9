import { type Account, addMessage, folderOf, headerOf } from './accounts.ts';
import { type GraphAnswer, GraphError } from './graph-answer.ts';

/** Of one request; base64 makes a mail a third larger. */
export const maxRequestBytes = 4 * 1_048_576;

/** `sendMail` with MIME: kept in Sent Items, handed to those recipients who are here. */
export function sendMime(
  accounts: ReadonlyMap<string, Account>,
  account: Account,
  body: Uint8Array,
  now: number,
): GraphAnswer {
  const text = Buffer.from(body).toString('latin1');
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw new GraphError(400, 'ErrorMimeContentInvalidBase64String', 'The MIME content is not a valid base64 string.');
  }
  const mime = Buffer.from(text, 'base64');
  const from = addressesIn(headerOf(mime, 'From'))[0]?.toLowerCase() ?? '';
  if (from !== account.user.toLowerCase() && !account.sendAs.includes(from)) {
    throw new GraphError(
      403,
      'ErrorSendAsDenied',
      'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
    );
  }
  const to = ['To', 'Cc', 'Bcc'].flatMap((name) => addressesIn(headerOf(mime, name)));
  if (to.length === 0) {
    throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
  }
  addMessage(account, folderOf(account, 'sentitems'), mime, now, true);
  for (const address of to) {
    const receiver = accounts.get(address.toLowerCase());
    if (receiver) addMessage(receiver, folderOf(receiver, 'inbox'), mime, now);
  }
  return { status: 202 };
}

function addressesIn(header: string): string[] {
  return [...header.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address);
}
