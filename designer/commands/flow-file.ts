import { checkFlow } from '../../schemas/check-flow.ts';
import type { Flow } from '../../schemas/flow.ts';

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

/** The flow in a file. Throws an Error whose message says what is wrong with the file. */
export async function readFlowFile(file: File): Promise<Flow> {
  if (file.size > maxBytes) throw new Error('The file is too large to be a flow.');
  const text = await file.text();
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    throw new Error(`The file is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const { flow, issues } = checkFlow(document, {});
  if (flow === null) {
    const first = issues.slice(0, 3).map(({ message }) => message);
    throw new Error(['The file is not a flow.', ...first].join(' '));
  }
  return flow;
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
