/** The paths of the scope that one operator reads by its own operands, as they stand in the rule. */
export function pathsRead(operator: string, operands: readonly unknown[]): string[] {
  const [first, second] = operands;
  let candidates: unknown[] = [];
  if (operator === 'var') candidates = [first];
  else if (operator === 'missing') candidates = Array.isArray(first) ? first : [...operands];
  else if (operator === 'missing_some' && Array.isArray(second)) candidates = second;
  return candidates.filter((path) => typeof path === 'string' && path !== '').map(String);
}
