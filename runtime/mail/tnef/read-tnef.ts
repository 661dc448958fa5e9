import { Buffer } from 'node:buffer';
import type { MailLimits } from '../limits.ts';
import { readAttributes } from './attributes.ts';
import { decodeCodePage } from './code-page.ts';
import { type Properties, type Property, propertyType, readProperties } from './mapi-properties.ts';

/** What Outlook has wrapped: the texts of the message, and its files in their order. */
export interface Tnef {
  text: string;
  html: string;
  files: TnefFile[];
}

export interface TnefFile {
  /** As the sender says: may be empty, or a path. */
  name: string;
  /** MIME type as the sender says, lower case; empty where nobody said. */
  type: string;
  /** Content-ID without angle brackets; empty if it has none. */
  contentId: string;
  /** A view on the bytes that were read. */
  content: Buffer;
}

type Limits = Pick<MailLimits, 'textChars' | 'fileNameChars' | 'tnefDepth'>;

/** How many more files may be found: shared by all that one mail holds, messages within messages too. */
export interface Room {
  files: number;
}

const attributeId = {
  codePage: 0x00069007,
  body: 0x0002800c,
  messageProperties: 0x00069003,
  attachmentStart: 0x00069002,
  attachmentTitle: 0x00018010,
  attachmentData: 0x0006800f,
  attachmentProperties: 0x00069005,
} as const;

const propertyId = {
  body: 0x1000,
  html: 0x1013,
  displayName: 0x3001,
  data: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
  internetCodePage: 0x3fde,
} as const;

/** Before the data of an object stands what kind of object it is. A message within the message has this one (IID_IMessage). */
const objectIdBytes = 16;
const messageObject = '0703020000000000c000000000000046';

interface OpenFile {
  title?: Buffer;
  data?: Buffer;
  properties?: Properties;
}

/**
 * Reads what Outlook has packed into winmail.dat. Costs time in proportion to the bytes and copies none of them but the texts. A broken one gives
 * what stands before the break, and one that is none nothing.
 */
export function readTnef(stream: Buffer, limits: Limits, room: Room, depth = 1): Tnef {
  const open: OpenFile[] = [];
  let codePage = 1252;
  let body: Buffer | undefined;
  let properties: Properties = new Map();
  for (const { id, data } of readAttributes(stream)) {
    const file = open.at(-1);
    if (id === attributeId.codePage && data.length >= 4) codePage = data.readUInt32LE(0);
    else if (id === attributeId.body) body = data;
    else if (id === attributeId.messageProperties) properties = readProperties(data);
    else if (id === attributeId.attachmentStart) {
      if (room.files <= 0) break;
      room.files -= 1;
      open.push({});
    } else if (id === attributeId.attachmentTitle && file) file.title = data;
    else if (id === attributeId.attachmentData && file) file.data = data;
    else if (id === attributeId.attachmentProperties && file) file.properties = readProperties(data);
  }
  const written = properties.get(propertyId.body) ?? (body && { type: propertyType.text, value: body });
  return {
    text: decodeText(written, codePage, limits.textChars),
    html: readHtml(properties, codePage, limits.textChars),
    files: open.flatMap((file) => readFile(file, codePage, limits, room, depth)),
  };
}

function readFile(file: OpenFile, codePage: number, limits: Limits, room: Room, depth: number): TnefFile[] {
  const { title, properties = new Map<number, Property>() } = file;
  const textOf = (id: number) => decodeText(properties.get(id), codePage, limits.fileNameChars);
  const name =
    textOf(propertyId.longFileName) ||
    textOf(propertyId.fileName) ||
    decodeText(title && { type: propertyType.text, value: title }, codePage, limits.fileNameChars) ||
    textOf(propertyId.displayName);
  const object = properties.get(propertyId.data);
  const isMessage = object?.value.toString('hex', 0, objectIdBytes) === messageObject;
  if (isMessage) return readMessage(object.value.subarray(objectIdBytes), name, limits, room, depth);
  const content = file.data ?? (object?.type === propertyType.binary ? object.value : undefined);
  if (content === undefined) return [];
  const type = textOf(propertyId.mimeType).trim().toLowerCase();
  const contentId = textOf(propertyId.contentId).trim().replace(/^<|>$/g, '');
  return [{ name, type: /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type) ? type : '', contentId, content }];
}

/** A mail that was attached: its text becomes a file, its files stand behind. */
function readMessage(stream: Buffer, name: string, limits: Limits, room: Room, depth: number): TnefFile[] {
  if (depth >= limits.tnefDepth) return [];
  const { text, html, files } = readTnef(stream, limits, room, depth + 1);
  const asFile = (ending: string, type: string, content: string): TnefFile[] =>
    content.trim() === ''
      ? []
      : [{ name: `${name || 'message'}.${ending}`, type, contentId: '', content: Buffer.from(content, 'utf8') }];
  const words = text.trim() === '' ? asFile('html', 'text/html', html) : asFile('txt', 'text/plain', text);
  return [...words, ...files];
}

function readHtml(properties: Properties, codePage: number, maxChars: number): string {
  const html = properties.get(propertyId.html);
  const own = properties.get(propertyId.internetCodePage)?.value;
  if (html?.type !== propertyType.binary || own === undefined) return decodeText(html, codePage, maxChars);
  return decodeText(html, own.length >= 4 ? own.readUInt32LE(0) : codePage, maxChars);
}

/** No character takes more than four bytes: what is beyond is not decoded for nothing. */
const maxBytesOfCharacter = 4;

/** Up to the first NUL: that is how programs of Windows end a text. */
function decodeText(property: Property | undefined, codePage: number, maxChars: number): string {
  if (property === undefined || property.type === propertyType.object) return '';
  const bytes = property.value.subarray(0, maxChars * maxBytesOfCharacter);
  const text = property.type === propertyType.unicode ? bytes.toString('utf16le') : decodeCodePage(bytes, codePage);
  const end = text.indexOf('\0');
  return text.slice(0, end < 0 ? maxChars : Math.min(end, maxChars));
}
