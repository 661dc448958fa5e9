import type { Flow } from '../../../schemas/flow.ts';
import { pointerSegments, resolvePointer } from '../../../schemas/json-pointer.ts';

/** A rule that an issue is about: its path leads to the operands, under the operator's name. */
export interface RuleAt {
  operator: string;
  /** As they stand in the document: a list, or the one operand by itself. */
  given: unknown;
  first: unknown;
  /** Where the rule itself stands. */
  pointer: string;
}

export function ruleAt(flow: Flow, path: string): RuleAt {
  const given = resolvePointer(flow, path);
  return {
    operator: pointerSegments(path)?.at(-1) ?? '',
    given,
    first: Array.isArray(given) ? given[0] : given,
    pointer: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
  };
}

/** The operands with another first one. */
export function withFirst({ given }: RuleAt, first: unknown): unknown {
  return Array.isArray(given) ? [first, ...given.slice(1)] : first;
}
