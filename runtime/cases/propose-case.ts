import type { CaseProposal } from '../../schemas/api/cases.ts';
import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { expectationOf } from './expectation.ts';
import { type CaseSituation, runCase } from './run-case.ts';

/** A mail as a case that expects what the flow does with it now; run as every case is, so that it passes at once. */
export async function proposeCase(
  flow: Flow,
  situation: CaseSituation,
  email: Email,
  { engine, taken }: { engine: EnginePorts; taken: readonly string[] },
): Promise<CaseProposal> {
  const run = await runCase(flow, situation, email, engine);
  return { name: freeName(nameFor(email.subject), taken), case: { expect: expectationOf(run), ...situation } };
}

/** The subject as a file name. */
function nameFor(subject: string): string {
  const plain = subject.normalize('NFKD').toLowerCase().replaceAll('ß', 'ss').replaceAll(/\p{M}/gu, '');
  const name = plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'mail' : name;
}

function freeName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
