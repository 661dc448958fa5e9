import { Buffer } from 'node:buffer';

/** One thing in a winmail.dat: its number, and its bytes. Level 1 is the message, 2 an attachment. */
interface Piece {
  level: 1 | 2;
  id: number;
  data: Buffer;
}

interface WrappedFile {
  name: string;
  content: string | Buffer;
  type?: string;
  contentId?: string;
  /** A message within the message in place of content. */
  message?: Buffer;
}

export interface WrappedMessage {
  text?: string;
  html?: string;
  files?: readonly WrappedFile[];
}

const unicode = 0x1f;
const binary = 0x102;
const object = 0x0d;
const messageId = Buffer.from('0703020000000000c000000000000046', 'hex');

/** A winmail.dat as Outlook writes it (MS-OXTNEF), with properties of several kinds around those that matter. */
export function writeTnef({ text, html, files = [] }: WrappedMessage): Buffer {
  const properties = [
    property(0x03, 0x0e17, uint32(0)),
    named(0x1f, 'x-ours', counted(utf16('a named one'))),
    ...(text === undefined ? [] : [property(unicode, 0x1000, counted(utf16(text)))]),
    ...(html === undefined ? [] : [property(binary, 0x1013, counted(Buffer.from(html)))]),
    property(0x03, 0x3fde, uint32(65_001)),
    property(0x1003, 0x1234, Buffer.concat([uint32(2), uint32(7), uint32(8)])),
  ];
  return stream([
    { level: 1, id: 0x00089006, data: uint32(0x10000) },
    { level: 1, id: 0x00069007, data: Buffer.concat([uint32(1252), uint32(0)]) },
    { level: 1, id: 0x00069003, data: list(properties) },
    ...files.flatMap(writeFile),
  ]);
}

function writeFile({ name, content, type, contentId, message }: WrappedFile): Piece[] {
  const inner = message && Buffer.concat([messageId, message]);
  const properties = [
    property(unicode, 0x3707, counted(utf16(name))),
    ...(type === undefined ? [] : [property(unicode, 0x370e, counted(utf16(type)))]),
    ...(contentId === undefined ? [] : [property(unicode, 0x3712, counted(utf16(contentId)))]),
    ...(inner === undefined ? [] : [property(object, 0x3701, counted(inner))]),
  ];
  return [
    { level: 2, id: 0x00069002, data: Buffer.alloc(14) },
    { level: 2, id: 0x00018010, data: Buffer.from('SHORT~1.DAT\0', 'latin1') },
    ...(message ? [] : [{ level: 2, id: 0x0006800f, data: Buffer.from(content) } as const]),
    { level: 2, id: 0x00069005, data: list(properties) },
  ];
}

function stream(pieces: readonly Piece[]): Buffer {
  const head = Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]);
  return Buffer.concat([
    head,
    ...pieces.flatMap(({ level, id, data }) => [
      Buffer.from([level]),
      uint32(id),
      uint32(data.length),
      data,
      checksum(data),
    ]),
  ]);
}

function checksum(data: Buffer): Buffer {
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(data.reduce((total, byte) => (total + byte) % 65_536, 0));
  return sum;
}

function list(properties: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(properties.length), ...properties]);
}

function property(type: number, id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type);
  head.writeUInt16LE(id, 2);
  return Buffer.concat([head, value]);
}

function named(type: number, name: string, value: Buffer): Buffer {
  const text = utf16(name);
  const how = Buffer.concat([Buffer.alloc(16, 7), uint32(1), uint32(text.length), padded(text)]);
  return property(type, 0x8001, Buffer.concat([how, value]));
}

function counted(value: Buffer): Buffer {
  return Buffer.concat([uint32(1), uint32(value.length), padded(value)]);
}

function padded(value: Buffer): Buffer {
  return Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function utf16(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
