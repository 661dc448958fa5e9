import type { Email } from '../../schemas/email.ts';
import { emptyHeaders } from './headers.ts';

/** A parsed mail, beside the JSON of its email. */
export interface ParsedMail {
  email: Email;
  json: string;
}

/** @param json written by the parser thread of an email: not checked again. */
export function readParsedMail(json: string): ParsedMail {
  const email: Email = JSON.parse(json);
  // A header may be called `constructor`: look-ups in an object with a prototype would find what no mail brought.
  const headers = emptyHeaders();
  for (const [name, values] of Object.entries(email.headers)) headers[name] = values;
  email.headers = headers;
  return { email, json };
}
