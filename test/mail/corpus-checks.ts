import type { Email } from '../../schemas/email.ts';
import { type CorpusMail, corpusFileBeside, corpusSibling } from './corpus.ts';

/**
 * One check per key of the corpus' expectations that an email of ours can answer: true if it holds.
 * Texts are compared with line ends and white space folded, as the corpus asks.
 */
// biome-ignore lint/suspicious/noExplicitAny: expectations of many projects, each check knows its shape
type Check = (expected: any, email: Email, mail: CorpusMail) => boolean;

export const corpusChecks: Readonly<Record<string, Check>> = {
  subject: (expected, email) => fold(email.subject) === fold(expected ?? ''),
  fromAddress: (expected, email) => sameAddress(email.from.address, expected),
  fromName: (expected, email) => fold(email.from.name) === fold(expected ?? ''),
  toAddresses: (expected, email) => sameAddresses(email.to, expected),
  toNames: (expected, email) =>
    sameList(
      email.to.map(({ name }) => fold(name)),
      expected.map(fold),
    ),
  firstToAddress: (expected, email) => sameAddress(email.to[0]?.address, expected),
  firstToName: (expected, email) => fold(email.to[0]?.name ?? '') === fold(expected ?? ''),
  replyToAddresses: (expected, email) => sameAddresses(email.replyTo, expected),
  replyToNames: (expected, email) =>
    sameList(
      email.replyTo.map(({ name }) => fold(name)),
      expected.map(fold),
    ),
  ccHeaderValues: (expected, email) =>
    expected.every((value: string) => email.headers.cc?.some((cc) => cc.includes(value))),
  messageId: (expected, email) => email.messageId === (expected ?? ''),
  date: (expected, email) => (expected ? Date.parse(expected) === Date.parse(email.date ?? '') : true),
  dateText: (expected, email) => Date.parse(expected) === Date.parse(email.date ?? ''),
  contentType: (expected, email) =>
    (email.headers['content-type']?.[0] ?? 'text/plain').toLowerCase().startsWith(expected),
  rawHeaders: (expected, email) => expected.every((line: string) => hasHeader(email, line)),
  attachmentCount: (expected, email) => email.attachments.length === expected,
  attachments: (expected, email) =>
    expected.length === email.attachments.length &&
    expected.every((wanted: Record<string, unknown>, index: number) =>
      sameAttachment(wanted, email.attachments[index]),
    ),
  partFilenames: (expected, email) =>
    expected.every((name: string) => email.attachments.some((found) => found.name === name)),
  partFilenamesAt: (expected, email) =>
    Object.values(expected).every((name) => email.attachments.some((found) => found.name === name)),
  partNameParamAt: (expected, email) =>
    Object.values(expected).every((name) => email.attachments.some((found) => found.name === name)),
  partContentTypes: (expected, email) =>
    sameList(
      email.attachments.map(({ type }) => type),
      expected,
    ),
  textBodies: (expected, email) => expected.every((text: string) => shows(email, text)),
  htmlBodies: (expected, email) => expected.every((html: string) => shows(email, html)),
  textEqualsFile: (expected, email, mail) => fold(email.text).includes(fold(latin1(corpusFileBeside(mail, expected)))),
  htmlTextEqualsFile: (expected, email, mail) =>
    fold(plain(email.html)).includes(fold(latin1(corpusFileBeside(mail, expected)))),
  textEquals: (expected, email) => fold(email.text) === fold(expected),
  textContains: (expected, email) => expected.every((text: string) => email.text.includes(text)),
  textFirstLine: (expected, email) => email.text.trimStart().split('\n')[0]?.trim() === expected,
  hasHtml: (expected, email) => (email.html !== '') === expected,
  htmlContains: (expected, email) => expected.every((html: string) => email.html.includes(html)),
  htmlEquals: (expected, email) => fold(email.html) === fold(expected),
  htmlLength: (expected, email) => email.html.length === expected,
  decodedParts: (expected, email) => expected.every((text: string) => shows(email, text)),
  decodedBodyFiles: (expected, email, mail) =>
    expected.every((file: string) => holds(email, corpusSibling(mail, file))),
  isBounce: (expected, email) => email.isBounce === expected,
  isAutoReply: (expected, email) => email.isAutoReply === expected,
  isDeliveryNotification: (expected, email) => !expected || email.isAutoReply,
  kind: (expected, email) => ofKind(expected, email),
};

/** Keys about the MIME tree, the library's own defects or digests, which an email of ours does not show. */
export const notShown = new Set([
  'partCount',
  'partCountTop',
  'encodingProblem',
  'structure',
  'structureTokens',
  'structureTree',
  'leafCount',
  'defects',
  'boundary',
  'charsets',
  'signed',
  'textCompare',
  'htmlCompare',
  'note',
  'dsnRecipients',
  'originalMessageId',
  'reports',
  'transient',
]);

export function fold(text: string | null): string {
  return (text ?? '').replace(/[\s\u00a0]+/g, ' ').trim();
}

function ofKind(kind: string, email: Email): boolean {
  if (kind === 'bounce') return email.isBounce && !email.mayAutoRespond;
  if (kind === 'auto-reply') return email.isAutoReply && !email.isBounce && !email.mayAutoRespond;
  if (kind === 'delivery-success-notification') return email.isAutoReply && !email.isBounce && !email.mayAutoRespond;
  if (kind === 'feedback-report') return !email.isBounce;
  throw new Error(`The corpus has a kind that no check knows: ${kind}`);
}

function sameAddress(found: string | undefined, expected: string | null): boolean {
  return (found ?? '').toLowerCase() === (expected ?? '').toLowerCase();
}

function sameAddresses(found: Email['to'], expected: string[]): boolean {
  return sameList(
    found.map(({ address }) => address.toLowerCase()),
    expected.map((address) => (address ?? '').toLowerCase()),
  );
}

function sameList(found: readonly string[], expected: readonly string[]): boolean {
  return found.length === expected.length && found.every((value, index) => value === expected[index]);
}

function sameAttachment(wanted: Record<string, unknown>, found: Email['attachments'][number] | undefined): boolean {
  if (!found) return false;
  if (wanted.filename !== undefined && (wanted.filename ?? '') !== found.name) return false;
  if (typeof wanted.contentType === 'string' && wanted.contentType.toLowerCase() !== found.type) return false;
  return typeof wanted.size !== 'number' || wanted.size === found.size;
}

function hasHeader(email: Email, line: string): boolean {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).trim().toLowerCase();
  const value = fold(line.slice(colon + 1));
  const found = email.headers[name];
  // Encoded words are decoded with us, and 8-bit values are made readable.
  if (/=\?|[^ -~]/.test(value)) return found !== undefined;
  return found?.some((candidate) => fold(candidate) === value) ?? false;
}

/** Is it in the text or the HTML, whichever the parser took it for? */
function shows(email: Email, text: string): boolean {
  const wanted = fold(text);
  return (
    fold(email.text).includes(wanted) ||
    fold(email.html).includes(wanted) ||
    fold(email.text).includes(fold(plain(text)))
  );
}

/** A leaf of the tree is seen as text, as HTML, or as an attachment of its size (with or without its last line end). */
function holds(email: Email, content: Uint8Array): boolean {
  const sizes = new Set([content.length, content.length - 1, content.length - 2]);
  if (email.attachments.some(({ size }) => sizes.has(size))) return true;
  return shows(email, new TextDecoder().decode(content)) || shows(email, latin1(content));
}

function latin1(content: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(content);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
};

function plain(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>|<title[\s\S]*?<\/title>|<[^<>]*>/gi, '')
    .replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole);
}
