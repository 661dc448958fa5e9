import type { Email } from '../../schemas/email.ts';

export interface EmailField {
  /** As conditions and templates name it. */
  path: string;
  value: string;
}

/** Longer texts are cut here: the table is for finding a field, the mail itself is read elsewhere. */
const maxLength = 2_000;

/** The mail as the engine sees it, one line for each value that a flow can ask for. */
export function emailFields(email: Email): EmailField[] {
  const { evidence: _, ...rest } = email;
  return flat('email', rest);
}

function flat(path: string, value: unknown): EmailField[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item, index) => flat(`${path}.${index}`, item));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, part]) => flat(`${path}.${key}`, part));
  }
  return [{ path, value: inWords(value) }];
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return '(none)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = value === null || value === '' ? '(empty)' : String(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
