import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import type { Logic } from '../../schemas/logic.ts';
import type { Scope } from '../../schemas/scope.ts';

const folder = new URL('../../../shared/corpus/jsonlogic/', import.meta.url);

interface Case {
  rule: Logic;
  data: unknown;
  result: unknown;
}

describe.skipIf(!existsSync(folder))('the public JsonLogic suites', () => {
  it.each(['tests.json', 'compatible.json'])('%s passes without an exception', (file) => {
    const cases = readCases(file);
    const expressions = createExpressions();

    const failed = cases.filter(({ rule, data, result }) => {
      try {
        // The suites bring data of every shape; a rule sees whatever scope it is given.
        const value = expressions.evaluate(rule, data as Scope);
        const traced = expressions.decide(rule, data as Scope);
        return JSON.stringify(value) !== JSON.stringify(result) || traced.holds !== truthy(result);
      } catch {
        return true;
      }
    });

    console.log(`${file}: ${cases.length - failed.length} of ${cases.length} pass`);
    expect(cases.length).toBeGreaterThan(200);
    expect(failed).toEqual([]);
  });
});

if (!existsSync(folder)) console.log('JsonLogic corpus not there: skipped');

function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Comments are texts between the cases; one suite writes a case as a list, the other as an object. */
function readCases(file: string): Case[] {
  const entries: unknown[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return entries.flatMap((entry) => {
    if (Array.isArray(entry)) return [{ rule: entry[0], data: entry[1], result: entry[2] }];
    if (typeof entry !== 'object' || entry === null) return [];
    const { rule, data, result } = entry as { rule: Logic; data?: unknown; result: unknown };
    return [{ rule, data: data ?? null, result }];
  });
}
