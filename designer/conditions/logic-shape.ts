import type { Logic } from '../../schemas/logic.ts';

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

/** One way of writing for rules that mean the same by form alone: operands listed, an `and` or `or` of one thing left out. */
function canonical(logic: Logic): Logic {
  if (Array.isArray(logic)) return logic.map(canonical);
  const operation = readOperation(logic);
  if (operation === null) return logic;
  const { operator, operands } = operation;
  const [only] = operands;
  if ((operator === 'and' || operator === 'or') && operands.length === 1 && only !== undefined) return canonical(only);
  return { [operator]: operands.map(canonical) };
}

export function isSameLogic(a: Logic, b: Logic): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

/** The path of `{"var": path}`; null if it is anything else, or has a default. */
export function readPath(logic: Logic | undefined): string | null {
  const operation = readOperation(logic);
  const [path] = operation?.operands ?? [];
  return operation?.operator === 'var' && operation.operands.length === 1 && typeof path === 'string' ? path : null;
}
