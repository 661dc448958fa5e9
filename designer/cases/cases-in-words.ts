import type { CasesRun } from '../../schemas/api/cases.ts';

/** "2 of 6 cases differ", "All 6 cases pass". */
export function casesInWords({ failed, items }: CasesRun): string {
  const noun = items.length === 1 ? 'case' : 'cases';
  if (failed === 0) return items.length === 1 ? 'The case passes' : `All ${items.length} ${noun} pass`;
  return `${failed} of ${items.length} ${noun} ${failed === 1 ? 'differs' : 'differ'}`;
}
