import type { Address, Evidence, Verdict } from '../../schemas/email.ts';
import type { Report } from './body.ts';
import { type Headers, headerValue } from './headers.ts';

/** Everything that the verdicts look at. */
export interface MailFacts {
  headers: Headers;
  subject: string;
  from: Address;
  messageId: string;
  /** MAIL FROM, or what the delivering server wrote into Return-Path; "" is the null sender, undefined: nobody said. */
  envelopeFrom: string | undefined;
  /** The start of the text, bounded for regular expressions. */
  prose: string;
  reports: readonly Report[];
  /** What its calendar entry is for: REQUEST, REPLY, CANCEL …; "" if it has none. */
  calendarMethod: string;
}

/** The longest value shown as evidence. */
const maxValueChars = 200;

export function evidence(verdict: Verdict, header: string, value: string, reason: string): Evidence {
  return { verdict, header, value: value.slice(0, maxValueChars), reason };
}

/** The first word of a header value, lower case, without comments and parameters: `auto-replied (vacation); x=y` → `auto-replied`. */
export function keyword(headers: Headers, name: string): string {
  const value = headerValue(headers, name)
    .replace(/^(\s*\([^()]*\))+/, '')
    .trim();
  return (/^[^\s;(,]+/.exec(value)?.[0] ?? '').toLowerCase();
}

/** `multipart/report; report-type=delivery-status` → `delivery-status`; "" where the mail is no report. */
export function reportType(headers: Headers): string {
  const contentType = headerValue(headers, 'content-type');
  if (!/^\s*multipart\/report\b/i.test(contentType)) return '';
  return (/;\s*report-type\s*=\s*"?([a-z-]+)/i.exec(contentType)?.[1] ?? 'unknown').toLowerCase();
}

export function localPart(address: string): string {
  const at = address.lastIndexOf('@');
  return (at < 0 ? address : address.slice(0, at)).toLowerCase();
}
