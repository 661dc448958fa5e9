import { clear, createStore, del, get, set, update } from 'idb-keyval';
import type { Flow } from '../../schemas/flow.ts';
import type { SheetId } from '../../schemas/sheet.ts';
import type { Edit, History } from './history.ts';
import { applyPatch, type Patch, patchBetween } from './patch.ts';

/** A step of undo as it is kept: what leads from the document on the nearer side of it to the one on the farther side. */
interface KeptEdit {
  label: string;
  from: SheetId;
  to: SheetId;
  patch: Patch | null;
}

interface KeptHistory {
  format: 1;
  /** Of the document that the steps start from. */
  fingerprint: string;
  past: readonly KeptEdit[];
  future: readonly KeptEdit[];
}

/** Nobody goes further back than this after a reload. */
const maxKept = 100;
/** The histories of more flows than these are given up, the one touched longest ago first. */
const maxFlows = 30;

const database = () => createStore('sluice-editor', 'histories');
const listKey = 'flows';

/** Keeps the steps of undo in the browser, for one person and one flow. */
export async function keepHistory(key: string, history: History): Promise<void> {
  const store = database();
  await set(key, packHistory(history), store);
  let dropped: string[] = [];
  await update<string[]>(
    listKey,
    (former = []) => {
      const keys = [key, ...former.filter((each) => each !== key)];
      dropped = keys.slice(maxFlows);
      return keys.slice(0, maxFlows);
    },
    store,
  );
  for (const each of dropped) await del(each, store);
}

/** The steps that were kept for this very document; `isOther` tells that there were some, but for another one. */
export async function readHistory(key: string, flow: Flow): Promise<{ history: History | null; isOther: boolean }> {
  const kept = await get<KeptHistory>(key, database());
  if (kept === undefined || kept.format !== 1) return { history: null, isOther: false };
  const history = unpackHistory(kept, flow);
  return { history, isOther: history === null && kept.past.length + kept.future.length > 0 };
}

/** For the person who uses this browser next. */
export async function forgetHistories(): Promise<void> {
  await clear(database());
}

/** Each step as what it changes: a document is not written down once for every step. */
export function packHistory({ flow, past, future }: History): KeptHistory {
  const pack = ({ label, from, to }: Edit, near: Flow, far: Flow): KeptEdit => ({
    label,
    from,
    to,
    patch: patchBetween(near, far),
  });
  return {
    format: 1,
    fingerprint: fingerprintOf(flow),
    past: past.slice(-maxKept).map((edit) => pack(edit, edit.after, edit.before)),
    future: future.slice(0, maxKept).map((edit) => pack(edit, edit.before, edit.after)),
  };
}

/** The history around a document; null if it was kept for another one. */
export function unpackHistory({ fingerprint, past, future }: KeptHistory, flow: Flow): History | null {
  if (fingerprint !== fingerprintOf(flow)) return null;
  return {
    flow,
    past: walk(flow, past.toReversed(), true).toReversed(),
    future: walk(flow, future, false),
  };
}

/** The steps one after the other, each starting from where the one before it led. */
function walk(flow: Flow, kept: readonly KeptEdit[], isBack: boolean): Edit[] {
  let near = flow;
  return kept.map(({ label, from, to, patch }) => {
    // What was taken apart from flows makes flows when it is put together again.
    const far = applyPatch(near, patch) as Flow;
    const [before, after] = isBack ? [far, near] : [near, far];
    near = far;
    return { label, from, to, before, after, burst: undefined, atMs: 0 };
  });
}

/** Two documents with the same fingerprint are the same, keys in the same order. FNV-1a, twice. */
function fingerprintOf(flow: Flow): string {
  const text = JSON.stringify(flow);
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x5bd1e995) ^ (b >>> 15);
  }
  return `${text.length}.${a >>> 0}.${b >>> 0}`;
}
