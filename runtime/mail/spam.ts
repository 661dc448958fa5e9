import type { Email } from '../../schemas/email.ts';

/** From this spam confidence level on Exchange itself moves a mail to the junk folder. */
const junkLevel = 5;

/**
 * The header by which a receiving server called the mail spam; null if none did. Only "yes" is believed: a sender who writes such a header
 * himself has nothing to gain by it, while a "no" could come from anybody and is never looked at.
 */
export function spamHeader(headers: Email['headers']): string | null {
  const says = (name: string, test: (value: string) => boolean) =>
    Object.hasOwn(headers, name) && (headers[name] ?? []).some((value) => test(value.trim()));
  if (says('x-spam-flag', isYes)) return 'X-Spam-Flag';
  if (says('x-spam-status', isYes)) return 'X-Spam-Status';
  if (says('x-spam', isYes)) return 'X-Spam';
  if (says('x-ms-exchange-organization-scl', (value) => Number.parseInt(value, 10) >= junkLevel)) {
    return 'X-MS-Exchange-Organization-SCL';
  }
  if (says('x-forefront-antispam-report', isForefrontSpam)) return 'X-Forefront-Antispam-Report';
  return null;
}

function isYes(value: string): boolean {
  return /^(yes|true)\b/i.test(value);
}

function isForefrontSpam(value: string): boolean {
  const level = /(?:^|;)\s*SCL:(-?\d+)/i.exec(value)?.[1];
  return /(?:^|;)\s*SFV:(SPM|SKB|SKS)\b/i.test(value) || (level !== undefined && Number(level) >= junkLevel);
}
