import { isDeepStrictEqual } from 'node:util';
import type { AuditChange } from '../../schemas/api/audit.ts';

/** One call can replace a list of 10,000 values: the log says that it did, and how it began. */
const maxChanges = 200;
const maxLetters = 2_000;

/** What is different in a document, part by part; entries of lists that have ids are told apart by them. */
export function changesBetween(before: unknown, after: unknown): AuditChange[] {
  const changes: AuditChange[] = [];
  compare(before, after, '', changes);
  return changes;
}

/** What was asked of a call that changes no settings, field by field. */
export function changesAsked(asked: unknown): AuditChange[] {
  const fields = isRecord(asked) ? Object.entries(asked) : [];
  return fields
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .slice(0, maxChanges)
    .map(([name, value]) => ({ path: `/${name}`, before: null, after: isSecretName(name) ? secret : textOf(value) }));
}

function compare(before: unknown, after: unknown, path: string, changes: AuditChange[]): void {
  if (changes.length >= maxChanges || isDeepStrictEqual(before, after)) return;
  const parts = partsOf(before, after);
  if (parts === null) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const words = (value: unknown) => (value !== undefined && isSecretName(name) ? secret : textOf(value));
    changes.push({ path, before: words(before), after: words(after) });
    return;
  }
  const [one, other] = parts;
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    compare(one.get(key), other.get(key), `${path}/${key}`, changes);
  }
  const [order, orderAfter] = [one, other].map((side) => [...side.keys()]);
  if (Array.isArray(before) && isReordered(order ?? [], orderAfter ?? [])) {
    changes.push({ path, before: textOf(order), after: textOf(orderAfter) });
  }
}

/** Both sides by key, where both can be taken apart in the same way. */
function partsOf(before: unknown, after: unknown): [Map<string, unknown>, Map<string, unknown>] | null {
  if (isRecord(before) && isRecord(after)) return [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const [one, other] = [byId(before), byId(after)];
  return one === null || other === null ? null : [one, other];
}

function byId(value: unknown): Map<string, unknown> | null {
  if (!Array.isArray(value)) return null;
  const entries = value.flatMap((item: unknown): [string, unknown][] =>
    isRecord(item) && typeof item.id === 'string' ? [[item.id, item]] : [],
  );
  return entries.length === value.length ? new Map(entries) : null;
}

function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const kept = before.filter((key) => after.includes(key));
  const stayed = after.filter((key) => before.includes(key));
  return !isDeepStrictEqual(kept, stayed);
}

const secret = '(secret)';

/** Names of what must stand in no log, whether sealed, hashed or in the clear. */
function isSecretName(name: string): boolean {
  return /pass(word|phrase)|secret|^hash$|hash$|token|^key$|privateKey|^code$/i.test(name);
}

function textOf(value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value, (name, inner: unknown) =>
    isSecretName(name) || (typeof inner === 'string' && inner.startsWith('sealed:')) ? secret : inner,
  );
  return text.length > maxLetters ? `${text.slice(0, maxLetters)}…` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
