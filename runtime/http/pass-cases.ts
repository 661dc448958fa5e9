import type { PublishBody } from '../../schemas/api/flows.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Cases } from '../cases/cases.ts';
import type { Caller } from './auth/caller.ts';

/**
 * The message to publish with, once every case of the flow comes out as expected, or an administrator has said why it may differ: then the
 * message names who, why, and which.
 *
 * @throws UserError `cases-failed` (409, the cases in data), `override-needs-administrator` (403).
 */
export async function passCases(
  cases: Pick<Cases, 'run'>,
  flow: Flow,
  { message, overrideCases }: Pick<PublishBody, 'message' | 'overrideCases'>,
  caller: Pick<Caller, 'name' | 'role'>,
): Promise<string> {
  if (overrideCases !== undefined && caller.role !== 'admin') {
    throw new UserError(
      'override-needs-administrator',
      'Only an administrator may publish although cases differ. Mend the flow, or what the cases expect.',
      { status: 403 },
    );
  }
  const { items, failed, isComplete } = await cases.run(flow);
  if (failed === 0) return message;
  const differing = items.filter(({ ok }) => !ok);
  const names = differing.map(({ name }) => name);
  if (overrideCases !== undefined) {
    return `${message}\n\nPublished by ${caller.name} although ${count(failed)} (${listed(names)}): ${overrideCases.trim()}`;
  }
  const words = isComplete ? '' : ' The time for running cases was over before the last one.';
  throw new UserError(
    'cases-failed',
    `${count(failed)}: ${listed(names)}.${words} Mend the flow or what the cases expect, then publish.`,
    { status: 409, data: { cases: differing.slice(0, maxListed) } },
  );
}

const maxListed = 100;

function count(failed: number): string {
  return failed === 1 ? '1 case differs' : `${failed} cases differ`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
