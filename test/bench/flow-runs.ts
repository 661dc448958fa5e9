import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { executors } from '../../runtime/actions/index.ts';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import { runFlow } from '../../runtime/engine/run-flow.ts';
import { createMailParser } from '../../runtime/mail/mail-parser.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import { OperationalError } from '../../schemas/errors.ts';
import { makeMail } from '../support/mails.ts';

export interface FlowRunsResult {
  runs: number;
  perSecond: number;
  steps: number;
}

/** The published sample flow on one ordinary mail, with its trace, on one thread. */
export async function benchFlowRuns(runs: number): Promise<FlowRunsResult> {
  const root = resolve(import.meta.dirname, '../..');
  const { flow } = checkFlow(JSON.parse(await readFile(join(root, 'flows/support.flow.json'), 'utf8')), {});
  if (flow === null) throw new Error('flows/support.flow.json is not a flow.');
  const parser = createMailParser({ workers: 1 });
  const email = await parser.parse(Buffer.from(makeMail()), { own: { addresses: [], installation: '' } });
  await parser.close();
  const ports = {
    clock: { now: Date.now, monotonic: () => performance.now() },
    executors,
    flows: { published: () => null },
    expressions: createExpressions(),
    http: async () => {
      throw new OperationalError('http-failed', 'The sample flow calls no service.');
    },
  };
  const address = 'support@demo.test';
  const context = {
    interactionId: '01J00000000000000000000000',
    receivedAt: new Date().toISOString(),
    route: { id: 'support', address },
    mailbox: { id: 'receiver', name: 'receiver', address },
    version: 1,
  };
  for (let index = 0; index < runs / 10; index++) await runFlow(flow, email, context, ports);
  let steps = 0;
  const begin = performance.now();
  for (let index = 0; index < runs; index++) steps += (await runFlow(flow, email, context, ports)).steps.length;
  const seconds = (performance.now() - begin) / 1_000;
  return { runs, perSecond: runs / seconds, steps: steps / runs };
}
