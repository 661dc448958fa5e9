import type { Buffer } from 'node:buffer';
import type { Address, Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import { noAddress, readAddresses } from './addresses.ts';
import { judgeAutoReply } from './auto-reply.ts';
import { type MailBody, readBody } from './body.ts';
import { judgeBounce } from './bounce.ts';
import { type HeaderReading, headerValue, headerValues, readHeaders } from './headers.ts';
import { htmlToText } from './html-text.ts';
import { detectLanguage } from './language.ts';
import type { MailLimits } from './limits.ts';
import { judgeList } from './list.ts';
import type { MailContext } from './mail-context.ts';
import { judgeMayAutoRespond } from './may-auto-respond.ts';
import { splitMessage } from './raw-message.ts';
import { repairMail } from './repair.ts';
import { readReply } from './reply-text.ts';
import { checkStructure, type Structure } from './structure.ts';
import { readTextBody } from './text-body.ts';
import type { MailFacts } from './verdict.ts';

const previewChars = 200;

/**
 * Raw bytes → the mail as flows see it. Runs in a worker: time and memory are bounded there, everything else here.
 * @throws UserError `mail-too-large`, `mail-headers-too-large`, `mail-too-deep`, `mail-too-many-parts`, `mail-unparsable`
 */
export async function parseMail(bytes: Uint8Array, context: MailContext, limits: MailLimits): Promise<Email> {
  if (bytes.length > limits.sizeBytes) throw tooLarge(bytes.length, limits);
  const message = splitMessage(context.repair ? repairMail(bytes, context.repair, limits) : bytes, limits);
  const headers = readHeaders(message.fields, limits);
  const structure = checkStructure(headers.encoded, message.body, limits);
  const body = readTextBody(structure, message.body, limits) ?? (await readBody(message, structure, limits));
  const text = wholeText(body, structure, limits) || rawText(body, message.body, limits);
  const prose = text.slice(0, limits.proseChars);
  const addresses = readHeaderAddresses(headers, limits);
  const subject = headerValue(headers.decoded, 'subject');
  const messageId = messageIds(headerValue(headers.decoded, 'message-id'))[0] ?? '';
  const replyText = readReply(prose);
  const verdicts = judge(
    {
      headers: headers.decoded,
      subject,
      from: addresses.from,
      messageId,
      envelopeFrom: context.envelope?.from ?? returnPath(headers),
      prose,
      reports: body.reports,
      calendarMethod: structure.leaves.find(({ type }) => type === 'text/calendar')?.method ?? '',
    },
    context,
  );
  return {
    subject,
    ...addresses,
    date: isoDate(headerValue(headers.decoded, 'date')),
    messageId,
    inReplyTo: messageIds(headerValue(headers.decoded, 'in-reply-to'))[0] ?? '',
    references: messageIds(headerValues(headers.decoded, 'references').join(' ')).slice(-limits.references),
    headers: headers.decoded,
    text,
    html: body.html,
    preview: (replyText || prose)
      .slice(0, previewChars * 4)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, previewChars),
    replyText,
    attachments: body.attachments,
    size: bytes.length,
    language: detectLanguage(replyText || prose),
    ...verdicts,
    authentication: { spf: 'none', dkim: 'none', dmarc: 'none' },
  };
}

function judge(facts: MailFacts, context: MailContext) {
  const bounce = judgeBounce(facts);
  const list = judgeList(facts);
  const isBounce = bounce.length > 0;
  const isList = list.length > 0;
  const autoReply = judgeAutoReply(facts, isBounce);
  const isAutoReply = autoReply.length > 0;
  const against = judgeMayAutoRespond(facts, { isAutoReply, isBounce, isList }, context);
  return {
    isAutoReply,
    isBounce,
    isList,
    mayAutoRespond: against.length === 0,
    evidence: [...autoReply, ...bounce, ...list, ...against],
  };
}

function wholeText(body: MailBody, structure: Structure, limits: MailLimits): string {
  const onlyHtml = body.text.trim() === '';
  if (body.html !== '' && (onlyHtml || structure.htmlBesideText)) return htmlToText(body.html, limits);
  return onlyHtml ? '' : body.text;
}

/** Where a broken structure hid everything, the undecoded body is better than an empty mail. */
function rawText(body: MailBody, bytes: Buffer, limits: MailLimits): string {
  if (body.html !== '' || body.attachments.length > 0) return '';
  return new TextDecoder().decode(bytes.subarray(0, limits.textChars)).trim();
}

function readHeaderAddresses({ encoded }: HeaderReading, limits: MailLimits) {
  const read = (name: string): Address[] => readAddresses(headerValues(encoded, name), limits);
  const [from = read('sender')[0] ?? noAddress] = read('from');
  return { from, to: read('to'), cc: read('cc'), replyTo: read('reply-to') };
}

/** The delivering server puts Return-Path on top (RFC 5321 4.4), so the first one is the one to believe. */
function returnPath({ decoded }: HeaderReading): string | undefined {
  const value = headerValues(decoded, 'return-path')[0]?.trim();
  if (value === undefined || value === '') return undefined;
  return (/<([^<>]*)>/.exec(value)?.[1] ?? value).trim();
}

/** Ids in their order, without angle brackets. Old programs write phrases and quotation marks around them. */
function messageIds(value: string): string[] {
  const bracketed = [...value.matchAll(/<([^<>]*)>/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ''));
  const ids = bracketed.length > 0 ? bracketed : value.split(/[\s,]+/);
  return ids.filter((id) => id !== '');
}

/** An unreadable date is null, never now: a run must give the same result tomorrow. */
function isoDate(value: string): string | null {
  const withoutComments = value.replace(/\([^()]*\)/g, ' ').trim();
  const time = Date.parse(withoutComments);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function tooLarge(size: number, limits: MailLimits): UserError {
  return new UserError(
    'mail-too-large',
    `This mail has ${size} bytes, more than the ${limits.sizeBytes} that are taken. Route it by hand from its raw form.`,
    { data: { size, limit: limits.sizeBytes } },
  );
}
