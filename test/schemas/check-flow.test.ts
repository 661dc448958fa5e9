import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../schemas/check-flow.ts';
import { pointerSegments } from '../../schemas/json-pointer.ts';
import { readFlow } from '../engine/given.ts';

interface Case {
  shows: string;
  set: Record<string, unknown>;
  issues: string[];
  /** Words that one of the messages has. */
  says?: string;
}

const entries: (string | Case)[] = JSON.parse(readFileSync(new URL('../cases/checks.json', import.meta.url), 'utf8'));
const cases = entries.filter((entry) => typeof entry !== 'string');
const known = { queues: ['general', 'priority-support'], lists: ['vip'], schedules: ['office'] };

describe('checkFlow', () => {
  it.each(cases)('$shows', ({ set, issues, says }) => {
    const document = changed(set);

    const { flow, issues: found } = checkFlow(document, known);

    expect(found.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(issues);
    if (says !== undefined) expect(found.map(({ message }) => message).join('\n')).toContain(says);
    for (const { message } of found) expect(message).toMatch(/^[A-Z"].*[.?]$/);
    const isShape = found.some(({ code }) =>
      /^(unknown-property|unknown-action-type|missing-property|wrong-type|wrong-value|bad-name)$/.test(code),
    );
    expect(flow === null).toBe(isShape);
  });

  it('finds no fault with the flows that come with Sluice', () => {
    const classic = readFlow('test/cases/flows/classic.flow.json');

    expect(checkFlow(classic, {}).issues).toEqual([]);
  });

  it('leaves out what it cannot know', () => {
    const document = changed({ '/fallback/queue': 'nobody-knows' });

    expect(checkFlow(document, {}).issues).toEqual([]);
  });

  it('lists the mistakes of the document first, then those of each action in turn', () => {
    const document = changed({
      '/entry': 'urgent',
      '/fallback/queue': 'gone',
      '/actions/ack/next': {},
      '/actions/urgent/settings/condition': { nothing: [] },
    });

    const { issues } = checkFlow(document, known);

    expect(issues.map(({ action }) => action)).toEqual([
      undefined,
      'auto-reply',
      'drop',
      'urgent',
      'ack',
      'ack',
      'to-general',
    ]);
  });

  it('throws at nothing', () => {
    const values = fc.jsonValue({ maxDepth: 4 });
    const places = fc.constantFrom(
      '/actions/urgent/settings/condition',
      '/actions/ack/settings/body',
      '/actions/ack',
      '/actions',
      '/variables',
      '/entry',
      '',
    );

    fc.assert(
      fc.property(places, values, (place, value) => {
        const { flow, issues } = checkFlow(changed({ [place]: value }), known);

        expect(flow !== null || issues.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('needs no code made from text, which the page forbids', () => {
    const script = `
      import { readFileSync } from 'node:fs';
      import { checkFlow } from './schemas/check-flow.ts';
      const flow = JSON.parse(readFileSync('flows/support.flow.json', 'utf8'));
      flow.actions.urgent.settings.condition = { matches: [{ var: 'email.subjet' }, '('] };
      console.log(checkFlow(flow, {}).issues.map(({ code }) => code).join());`;
    const args = ['--disallow-code-generation-from-strings', '--input-type=module-typescript', '-e', script];

    const output = execFileSync(process.execPath, args, {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      encoding: 'utf8',
    });

    expect(output.trim()).toBe('bad-regular-expression,unknown-variable');
  });
});

/** The sample flow with the values set; the empty pointer replaces it whole. */
function changed(set: Record<string, unknown>): unknown {
  let document: unknown = readFlow('flows/support.flow.json');
  for (const [pointer, value] of Object.entries(set)) {
    const segments = pointerSegments(pointer) ?? [];
    const last = segments.pop();
    if (last === undefined) document = value;
    else {
      let target: unknown = document;
      for (const segment of segments) target = Reflect.get(Object(target), segment);
      Reflect.set(Object(target), last, value);
    }
  }
  return document;
}
