import { checkFlow } from '../../schemas/check-flow.ts';
import { isRecord } from '../../schemas/compare/plan.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';

/** 5 MB holds the largest flow that the schema allows with room to spare; more is some other file. */
const maxBytes = 5_000_000;

export function downloadJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** A file that was looked at. `flow` is null where it does not have the shape of one; `issues` are all that is wrong with it. */
export interface ReadFlowFile {
  name: string;
  flow: Flow | null;
  issues: readonly Issue[];
}

/** Never fails: what is wrong with the file is in its issues. */
export async function readFlowFile(file: File): Promise<ReadFlowFile> {
  const wrong = (message: string): ReadFlowFile => ({
    name: file.name,
    flow: null,
    issues: [{ code: 'file-unreadable', severity: 'error', path: '', message }],
  });
  if (file.size > maxBytes) return wrong('The file is larger than any flow can be.');
  try {
    const document: unknown = JSON.parse((await file.text()).replace(/^\ufeff/, ''));
    if (!isRecord(document)) return wrong('The file is JSON, but not a flow: a flow is a JSON object.');
    return { name: file.name, ...checkFlow(document, {}) };
  } catch (thrown) {
    return wrong(`The file is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`);
  }
}

/** Asks for a file as the browser does; null if none was chosen. */
export function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
