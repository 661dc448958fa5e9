import { UserError } from '../../schemas/errors.ts';

/** Deeper than any service's schema; bounds the recursion. */
const maxDepth = 50;

/** A copy of a JSON value with every string rendered as a template; keys stay as they are. */
export function renderJson(value: unknown, render: (template: string) => string, depth = 0): unknown {
  if (depth > maxDepth) throw new UserError('body-too-deep', `The JSON body is nested deeper than ${maxDepth} levels.`);
  if (typeof value === 'string') return render(value);
  if (Array.isArray(value)) return value.map((item) => renderJson(item, render, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderJson(item, render, depth + 1)]));
}
