import type { XMLParser } from 'fast-xml-parser';
import { OperationalError } from '../../../schemas/errors.ts';

/** An element as it was read: prefixes of names are gone. Everything in it comes from outside. */
export type XmlNode = Readonly<Record<string, unknown>>;

const nothing: XmlNode = {};
let parser: XMLParser | undefined;

/** Read with the first answer of an Exchange server: most installations have none. */
async function loadParser(): Promise<XMLParser> {
  const { XMLParser: Parser } = await import('fast-xml-parser');
  return new Parser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    // Values such as names of folders may begin or end with blanks.
    trimValues: false,
  });
}

/** @throws OperationalError `ews-bad-answer` where it is no XML, or has a document type, which SOAP forbids and which can hold bombs. */
export async function parseXml(text: string, host: string): Promise<XmlNode> {
  parser ??= await loadParser();
  try {
    if (/<!DOCTYPE|<!ENTITY/i.test(text.slice(0, 4_096))) throw new Error('it has a document type');
    return nodeOf(parser.parse(text));
  } catch (cause) {
    throw new OperationalError('ews-bad-answer', `${host} answered with something else than an answer of Exchange.`, {
      cause,
    });
  }
}

function nodeOf(value: unknown): XmlNode {
  if (Array.isArray(value)) return nodeOf(value[0]);
  // Of an object any key may be asked for: what is not there is undefined.
  return typeof value === 'object' && value !== null ? (value as XmlNode) : nothing;
}

/** The first element along the path; empty where there is none. */
export function child(node: XmlNode, ...path: string[]): XmlNode {
  return path.reduce((at, name) => nodeOf(own(at, name)), node);
}

/** All elements of that name. */
export function children(node: XmlNode, name: string): XmlNode[] {
  const value = own(node, name);
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((each) =>
    typeof each === 'string' ? { '#text': each } : nodeOf(each),
  );
}

/** Every element inside, with its name. */
export function elements(node: XmlNode): { name: string; node: XmlNode }[] {
  return Object.keys(node)
    .filter((name) => !name.startsWith('@') && name !== '#text')
    .flatMap((name) => children(node, name).map((each) => ({ name, node: each })));
}

/** Text of the element along the path; "" where there is none. */
export function text(node: XmlNode, ...path: string[]): string {
  const last = path.at(-1);
  const value = last === undefined ? node : own(child(node, ...path.slice(0, -1)), last);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  const inner = own(nodeOf(first), '#text');
  return typeof inner === 'string' ? inner : '';
}

export function attribute(node: XmlNode, name: string): string {
  const value = own(node, `@${name}`);
  return typeof value === 'string' ? value : '';
}

function own(node: XmlNode, name: string): unknown {
  return Object.hasOwn(node, name) ? node[name] : undefined;
}

/** For text and attribute values alike. Characters that XML cannot hold are left out. */
export function escapeXml(value: string): string {
  return value
    .replace(/[^\t\n\r\x20-\uFFFD]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
