import { expect, test } from 'vitest';
import {
  type CheckAnswer,
  type CheckPort,
  type CheckRequest,
  createFlowChecker,
} from '../../../designer/problems/flow-checker.ts';
import type { Flow } from '../../../schemas/flow.ts';

const flowNamed = (name: string): Flow => ({
  id: 'support',
  name,
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: '',
  actions: {},
});

/** A worker whose answers come when the test says so. */
function threads() {
  const opened: { port: CheckPort; asked: CheckRequest[]; isClosed: boolean }[] = [];
  const open = (): CheckPort => {
    const thread = {
      port: {
        onmessage: null,
        onerror: null,
        postMessage: (request: CheckRequest) => void thread.asked.push(request),
        terminate: () => {
          thread.isClosed = true;
        },
      } as CheckPort,
      asked: [] as CheckRequest[],
      isClosed: false,
    };
    opened.push(thread);
    return thread.port;
  };
  const answer = (index = opened.length - 1) => {
    const { asked, port } = opened[index] ?? { asked: [], port: null };
    const request = asked.at(-1);
    if (request === undefined) throw new Error('Nothing was asked');
    const data: CheckAnswer = {
      id: request.id,
      issues: [{ code: 'x', severity: 'error', path: '', message: request.flow.name }],
    };
    port?.onmessage?.(new MessageEvent('message', { data }));
  };
  return { opened, open, answer };
}

test('of documents that come while one is checked only the newest is', () => {
  const { open, opened, answer } = threads();
  const found: string[] = [];
  const checker = createFlowChecker(open, ({ flow, issues }) => found.push(`${flow.name}: ${issues[0]?.message}`));

  for (const name of ['one', 'two', 'three']) checker.check(flowNamed(name), {});
  answer();
  answer();

  expect(opened[0]?.asked.map(({ flow }) => flow.name)).toEqual(['one', 'three']);
  expect(found).toEqual(['one: one', 'three: three']);
});

test('a worker that dies is replaced for the next document, and a closed checker ends its worker', () => {
  const { open, opened, answer } = threads();
  const found: string[] = [];
  const checker = createFlowChecker(open, ({ flow, issues }) => found.push(`${flow.name}: ${issues[0]?.code}`));

  checker.check(flowNamed('deadly'), {});
  opened[0]?.port.onerror?.(new Event('error') as ErrorEvent);
  checker.check(flowNamed('harmless'), {});
  answer();
  checker.close();

  expect(found).toEqual(['deadly: not-checked', 'harmless: x']);
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});
