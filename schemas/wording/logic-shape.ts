import type { Logic } from '../logic.ts';

/** A JsonLogic object taken apart; null for literals, lists and anything else. A single operand may stand without its list. */
export function readOperation(logic: unknown): { operator: string; operands: readonly Logic[] } | null {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return null;
  const entries = Object.entries(logic);
  const [entry] = entries;
  if (entries.length !== 1 || entry === undefined) return null;
  const [operator, operands] = entry;
  // Values of a parsed JSON document: what stands below an operator is JsonLogic again.
  return { operator, operands: (Array.isArray(operands) ? operands : [operands]) as readonly Logic[] };
}

/** Array.isArray does not narrow a readonly list. */
export function isList(logic: Logic): logic is readonly Logic[] {
  return Array.isArray(logic);
}

/** The path of `{"var": path}`; null if it is anything else, or has a default. */
export function readPath(logic: Logic | undefined): string | null {
  const operation = readOperation(logic);
  const [path] = operation?.operands ?? [];
  return operation?.operator === 'var' && operation.operands.length === 1 && typeof path === 'string' ? path : null;
}
