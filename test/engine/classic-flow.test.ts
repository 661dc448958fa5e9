import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpPort } from '../../runtime/egress/http.ts';
import { runFlow } from '../../runtime/engine/run-flow.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { readFlow, realPorts, runContext, typicalEmail } from './given.ts';

const queues = ['general', 'priority-support', 'enterprise-support', 'billing', 'technical-support'];

/** A classification service: it finds its category in the subject, and misbehaves where the subject says so. */
const service = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { subject } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (subject.includes('silence')) return;
  if (subject.includes('broken')) response.writeHead(500);
  const category = ['Billing', 'technical'].find((word) => subject.includes(word));
  response.end(subject.includes('nonsense') ? '<html>' : JSON.stringify({ category }));
});

let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  port = (service.address() as AddressInfo).port;
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});

describe('the classic flow', () => {
  it('has no issues', () => {
    expect(checkFlow(classic(), { queues }).issues).toEqual([]);
  });

  it.each<[string, Partial<Email>, string | undefined, number, number]>([
    ['an automatic reply', { isAutoReply: true, mayAutoRespond: false }, undefined, 0, 0],
    ['an urgent mail', { subject: '[URGENT] billing' }, 'priority-support', 10, 0],
    [
      'a named customer',
      { from: { address: 'cfo@Acme.test', name: '', domain: 'acme.test' }, subject: 'Billing' },
      'enterprise-support',
      5,
      0,
    ],
    ['a question about billing', { subject: 'Billing: "twice"\r\nX: {{ flow.category }}' }, 'billing', 0, 1],
    ['a technical question', { subject: 'A technical question' }, 'technical-support', 0, 1],
    ['a question about anything else', { subject: 'Hello' }, 'general', 0, 1],
    ['a service that fails', { subject: 'broken' }, 'general', 0, 1],
    ['a service that answers nonsense', { subject: 'nonsense' }, 'general', 0, 1],
    ['a service that does not answer', { subject: 'silence' }, 'general', 0, 1],
  ])('%s', async (_, email, queue, priority, answers) => {
    const { ending, effects, error } = await run(email);

    expect(error).toBeUndefined();
    expect(ending.queue).toBe(queue);
    expect(ending.type).toBe(queue === undefined ? 'disconnect' : 'transfer-to-queue');
    expect(ending.priority).toBe(priority);
    expect(effects).toHaveLength(answers);
  });

  it.each([
    ['Billing', 'success', undefined, 200],
    ['broken', 'failure', 'The service answered with status 500', 500],
    ['nonsense', 'failure', expect.stringContaining('is not JSON'), 200],
    ['silence', 'timeout', expect.stringContaining('did not answer'), undefined],
  ])('records how the service took it: %s', async (subject, outcome, reason, status) => {
    const { steps } = await run({ subject });

    const step = steps.find(({ type }) => type === 'data-action');
    expect(step?.outcome).toBe(outcome);
    expect(step?.detail.reason).toEqual(reason);
    expect(step?.detail.request).toEqual({
      method: 'POST',
      url: `http://127.0.0.1:${port}/classify`,
      ...(status === undefined ? {} : { status }),
    });
  });

  it('goes on by "failure" where the guard refuses the address', async () => {
    const { steps, ending } = await run({}, []);

    const step = steps.find(({ type }) => type === 'data-action');
    expect(step?.outcome).toBe('failure');
    expect(step?.detail.reason).toContain('127.0.0.1');
    expect(ending).toMatchObject({ queue: 'general' });
    expect(ending.fallback).toBeUndefined();
  });
});

function classic(): Flow {
  const flow = readFlow('test/cases/flows/classic.flow.json');
  const { classify } = flow.actions;
  if (classify?.type === 'data-action') {
    classify.settings.url = `http://127.0.0.1:${port}/classify`;
    classify.settings.timeoutMs = 500;
  }
  return flow;
}

function run(email: Partial<Email>, allow = [`127.0.0.1:${port}`]): Promise<Run> {
  const ports = realPorts({ http: createHttpPort({ allow: () => allow }) });
  return runFlow(classic(), typicalEmail(email), runContext, ports);
}
