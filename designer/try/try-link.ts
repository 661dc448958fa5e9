import type { MailChoice } from '../../schemas/api/try.ts';
import type { Situation } from './try-store.ts';

/** A mail that came, to be tried as the editor opens. */
export interface TriedMail {
  mail: MailChoice;
  situation: Situation;
  /** Index of the step to look at first; null for the whole way. */
  step: number | null;
}

interface LinkedMail {
  interaction: string;
  /** ISO 8601: the mail is tried as if it came then. */
  now: string;
  step: number | null;
}

/** Leads to the editor with this mail in the trial. */
export function tryLink(flow: string, { interaction, now, step }: LinkedMail): string {
  const parameters = new URLSearchParams({ try: interaction, now, ...(step === null ? {} : { step: String(step) }) });
  return `/flows/${flow}?${parameters}`;
}

/** The mail that the address of the editor asks to try; null if it asks for none. */
export function triedMailOf(parameters: URLSearchParams): TriedMail | null {
  const interaction = parameters.get('try');
  if (interaction === null || interaction === '') return null;
  const now = parameters.get('now') ?? '';
  const step = Number(parameters.get('step') ?? Number.NaN);
  return {
    mail: { interaction },
    situation: Number.isNaN(Date.parse(now)) ? {} : { now },
    step: Number.isInteger(step) && step >= 0 ? step : null,
  };
}
