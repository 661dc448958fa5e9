import { foldCase } from '../fold-case.ts';
import { asciiDomain } from './ascii-domain.ts';

/** An address taken apart for comparing. */
export interface AddressParts {
  /** Folded; without quotes where it does not need them. */
  local: string;
  /** ASCII. */
  domain: string;
}

const plainLocal = /^[^\s<>()[\],;:"\\@\p{Cc}\p{Cf}]{1,64}$/u;

/**
 * The parts of an address as mails and people write it, with or without angle brackets; null for what is no address.
 * RFC 5321 lets local parts differ by case; no server in use does, and people do not either.
 */
export function addressParts(text: string): AddressParts | null {
  const trimmed = text.trim().replace(/^<|>$/g, '');
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || trimmed.length > 320) return null;
  const domain = asciiDomain(trimmed.slice(at + 1));
  if (domain === null) return null;
  return { local: foldCase(unquoted(trimmed.slice(0, at))), domain };
}

export function joined({ local, domain }: AddressParts): string {
  return `${local}@${domain}`;
}

/**
 * An address that people may enter as one of ours, its domain in ASCII; null where it could not be used safely.
 * 254 octets are the longest path that SMTP carries (RFC 5321 section 4.5.3.1.3, less the angle brackets).
 */
export function enteredAddress(text: string): string | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0));
  const domain = asciiDomain(trimmed.slice(at + 1));
  if (domain === null || !plainLocal.test(local) || local.includes('*')) return null;
  const address = `${local}@${domain}`;
  return new TextEncoder().encode(address).byteLength <= 254 ? address : null;
}

/** `"support"@x` is `support@x`; quotes around what needs them stay, and then fit no pattern but one for a whole domain. */
function unquoted(local: string): string {
  const inside = /^"([^"\\]*)"$/.exec(local)?.[1];
  return inside !== undefined && /^[^\s()<>[\]:;@\\,."]+(?:\.[^\s()<>[\]:;@\\,."]+)*$/.test(inside) ? inside : local;
}
