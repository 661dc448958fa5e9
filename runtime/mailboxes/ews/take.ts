import { hash } from 'node:crypto';
import { keptTextBytes } from '../../mail/shorten.ts';
import type { RawMail } from '../source.ts';
import { type EwsMail, getHead, getMime } from './operations.ts';
import type { Soap } from './soap.ts';
import { attribute, child, children, elements, text, type XmlNode } from './xml.ts';

/** Exchange's size of a mail is that of its own store, and says only about what its MIME will have. */
const certainlyTooLarge = 1.5;
const bytesAtOnce = 8 * 1_048_576;
const mailsAtOnce = 50;

/** Fetches mails in batches, in the order given; none is passed over but those that are gone. */
export async function* takeMails(
  soap: Soap,
  folder: string,
  mails: readonly EwsMail[],
  maxBytes: number,
): AsyncGenerator<{ mails: RawMail[]; whole: string[] }> {
  for (const batch of batchesOf(mails)) {
    const small = batch.filter(({ size }) => size <= maxBytes * certainlyTooLarge);
    const mime =
      small.length === 0
        ? new Map()
        : await getMime(
            soap,
            small.map(({ id }) => id),
            sumOf(small),
          );
    const taken: RawMail[] = [];
    const whole: string[] = [];
    for (const { id, size, receivedAt } of batch) {
      const common = { folder, serverKey: id, receivedAt };
      const bytes: Uint8Array | undefined = mime.get(id);
      if (bytes !== undefined && bytes.byteLength > 0 && bytes.byteLength <= maxBytes) {
        taken.push({ ...common, bytes });
        whole.push(id);
      } else if (bytes === undefined ? size > maxBytes * certainlyTooLarge : true) {
        const head = await getHead(soap, id);
        if (head === undefined) continue;
        const isUnreadable = bytes?.byteLength === 0;
        taken.push({
          ...common,
          bytes: mailFrom(head),
          ...(isUnreadable ? { truncated: true } : { wholeSize: Math.max(bytes?.byteLength ?? 0, size) }),
        });
      }
    }
    yield { mails: taken, whole };
  }
}

function* batchesOf(mails: readonly EwsMail[]): Generator<EwsMail[]> {
  let batch: EwsMail[] = [];
  for (const mail of mails) {
    const isFull = batch.length === mailsAtOnce || (batch.length > 0 && sumOf(batch) + mail.size > bytesAtOnce);
    if (isFull) {
      yield batch;
      batch = [];
    }
    batch.push(mail);
  }
  if (batch.length > 0) yield batch;
}

const sumOf = (mails: readonly EwsMail[]) => mails.reduce((sum, { size }) => sum + size, 0) * 2 + 1_048_576;

/** A small mail out of what Exchange tells of a large one: its header, its text, the names of its attachments. */
function mailFrom(item: XmlNode): Buffer {
  const own = /^(content-|mime-version$)/i;
  const lines = children(child(item, 'InternetMessageHeaders'), 'InternetMessageHeader')
    .map((header) => ({ name: attribute(header, 'HeaderName'), value: text(header) }))
    .filter(({ name }) => /^[!-9;-~]+$/.test(name) && !own.test(name))
    .map(({ name, value }) => `${name}: ${value.replace(/\s*[\r\n]+\s*/g, '\r\n ')}`);
  const body = Buffer.from(text(item, 'Body'), 'utf8').subarray(0, keptTextBytes).toString('utf8');
  // Words that a stranger chose must not end the part that they stand in.
  const boundary = `shortened-${hash('sha256', body).slice(0, 24)}`;
  const attachments = elements(child(item, 'Attachments')).flatMap(({ node }) => {
    const name = text(node, 'Name').replace(/[\r\n"\\]/g, ' ');
    const type = /^[\w.+-]+\/[\w.+-]+$/.exec(text(node, 'ContentType'))?.[0] ?? 'application/octet-stream';
    const encoded = `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`;
    return [`--${boundary}`, `Content-Type: ${type}`, `Content-Disposition: attachment; filename="${encoded}"`, '', ''];
  });
  return Buffer.from(
    [
      ...lines,
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      body.replace(/\r?\n|\r/g, '\r\n'),
      ...attachments,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
    'utf8',
  );
}
