import { X509Certificate } from 'node:crypto';
import type { Authorisation } from '../../schemas/authorisation.ts';

const dayMs = 86_400_000;
/** People are warned so many days ahead, each time more loudly. */
const warningDays = [1, 7, 30];

export interface Expiry {
  what: 'secret' | 'certificate' | 'consent';
  /** The last day, YYYY-MM-DD, UTC. */
  on: string;
  /** Whole days until then; below 0 it is over. */
  daysLeft: number;
  /** The warning that is due: 30, 7 or 1 days ahead, 0 once it is over; null while there is time. */
  warning: number | null;
}

/** What of an authorisation ends some day: what people entered, and what stands in the certificate. Soonest first. */
export function expiriesOf({ grant, secretExpiresOn, consentExpiresOn }: Authorisation, now: number): Expiry[] {
  const days: [Expiry['what'], string | undefined][] = [
    ['secret', secretExpiresOn],
    ['certificate', grant.type === 'entra' ? certificateEnd(grant.certificate) : undefined],
    ['consent', consentExpiresOn],
  ];
  return days
    .flatMap(([what, on]) => (on === undefined ? [] : [{ what, on, ...leftUntil(on, now) }]))
    .sort((one, other) => one.daysLeft - other.daysLeft);
}

function leftUntil(on: string, now: number): Pick<Expiry, 'daysLeft' | 'warning'> {
  const daysLeft = Math.floor((Date.parse(`${on}T00:00:00Z`) - now) / dayMs) + 1;
  if (daysLeft <= 0) return { daysLeft, warning: 0 };
  return { daysLeft, warning: warningDays.find((days) => daysLeft <= days) ?? null };
}

function certificateEnd(pem: string | undefined): string | undefined {
  if (pem === undefined) return undefined;
  try {
    return new X509Certificate(pem).validToDate.toISOString().slice(0, 10);
  } catch {
    // What cannot be read is said where the certificate is used.
    return undefined;
  }
}
