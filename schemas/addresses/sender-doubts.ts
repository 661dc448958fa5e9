import punycode from 'punycode.js';
import type { Address } from '../email.ts';
import { asciiDomain } from './ascii-domain.ts';

/** What about a sender's name or address is made to be misread, one sentence each; none for the ordinary. */
export function senderDoubts({ address, name, domain }: Address): string[] {
  const doubts: string[] = [];
  const written = readableDomain(domain);
  if (isMixed(written)) {
    doubts.push(
      `The domain mixes alphabets, so that it looks like another one: it is ${asciiDomain(domain) ?? domain}.`,
    );
  } else if (looksLatin(written)) {
    doubts.push(`The domain is written in letters that only look Latin: it is ${asciiDomain(domain) ?? domain}.`);
  }
  const claimed = /[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})/.exec(name)?.[1]?.toLowerCase();
  if (claimed !== undefined && claimed !== domain && !domain.endsWith(`.${claimed}`)) {
    doubts.push(`The name shows an address of ${claimed}, but the mail is from ${address || 'nowhere'}.`);
  }
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(name + address)) {
    doubts.push('The name holds marks that turn the reading direction around.');
  }
  if (isMixed(name)) doubts.push('The name mixes alphabets within a word.');
  return doubts;
}

/** `xn--80ak6aa92e.com` → `аррӏе.com`; the domain itself where nothing is encoded. */
export function readableDomain(domain: string): string {
  try {
    return punycode.toUnicode(domain.slice(0, 253));
  } catch {
    return domain;
  }
}

/** Alphabets with letters that cannot be told from Latin ones. */
const alike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

function isMixed(text: string): boolean {
  const words = text.slice(0, 500).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.some((word) => /\p{Script=Latin}/u.test(word) && alike.test(word));
}

/** Of Cyrillic and Greek, the letters that have a Latin double. */
const lookAlikes = /^[аеԁһіјӏкԛморсѕтухԝονρυαικτ\d-]+$/u;

/** Every letter of a label has a Latin double: few words of real languages can be written so, and most of them are short. */
function looksLatin(domain: string): boolean {
  const [label = ''] = domain.split('.').slice(-2);
  return alike.test(label) && lookAlikes.test(label) && label.length > 2;
}
