import type { AttachmentStream, MessageText } from 'mailparser';
import type { Attachment } from '../../schemas/email.ts';
import { streamBody } from './body-stream.ts';
import type { MailLimits } from './limits.ts';
import type { RawMessage } from './raw-message.ts';
import type { Structure } from './structure.ts';
import { type UnpackedFile, unpacking } from './unpacking.ts';

/** What the MIME tree holds. Attachments' content is counted and dropped while it streams by. */
export interface MailBody {
  text: string;
  html: string;
  /** The parts of the mail in their order; behind them what was unpacked out of some, so that a part keeps its place. */
  attachments: Attachment[];
  /** The first characters of machine-readable report parts (RFC 3464, 8098, 5965) and of the header of the mail they are about. */
  reports: Report[];
}

export interface Report {
  type: string;
  content: string;
}

const reportTypes = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'text/rfc822-headers',
  'message/rfc822',
]);

/** Reads texts and reports of a body, and what is said of its attachments. */
export async function readBody(message: RawMessage, structure: Structure, limits: MailLimits): Promise<MailBody> {
  const body: MailBody = { text: '', html: '', attachments: [], reports: [] };
  const unpacked = unpacking(limits);
  await streamBody(message, structure, limits, {
    text: (data) => takeText(data, body, limits),
    attachment(part) {
      unpacked.watch(part);
      takeAttachment(part, body, limits);
    },
  });
  const { files, text, html } = unpacked.all();
  if (body.text.trim() === '' && body.html.trim() === '') Object.assign(body, { text, html });
  body.attachments.push(...files.map((file) => describeFile(file, body.html)));
  return body;
}

function describeFile({ name, type, contentId, content, within }: UnpackedFile, html: string): Attachment {
  return { name, type, size: content.length, inline: contentId !== '' && html.includes(`cid:${contentId}`), within };
}

function takeText(data: MessageText, body: MailBody, limits: MailLimits): void {
  body.text = (data.text ?? '').slice(0, limits.textChars);
  body.html = (typeof data.html === 'string' ? data.html : '').slice(0, limits.textChars);
}

function takeAttachment(part: AttachmentStream, body: MailBody, limits: MailLimits): void {
  const type = part.contentType || 'application/octet-stream';
  const keep = reportTypes.has(type) ? limits.reportChars : 0;
  let size = 0;
  let content = '';
  part.content.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (content.length < keep) content += chunk.toString('latin1', 0, keep - content.length);
  });
  part.content.on('end', () => {
    const name = (part.filename || '').slice(0, limits.fileNameChars);
    const inline = part.contentDisposition === 'inline' || part.related === true;
    body.attachments.push({ name, type, size, inline });
    if (keep > 0) body.reports.push({ type, content });
    part.release();
  });
}
