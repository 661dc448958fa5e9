import { expect, test } from 'vitest';
import { canonicalText } from '../../runtime/flows/canonical.ts';

test('keys stand in the documented order, actions as they appear, outcomes as they are drawn', () => {
  const text = canonicalText({
    layout: { b: { y: 1, x: 2 }, a: { y: 3, x: 4 } },
    actions: {
      a: {
        next: { no: 'b', yes: 'c' },
        settings: { condition: { and: [{ z: 1, a: 2 }] } },
        name: 'A',
        type: 'decision',
      },
      b: { settings: { skills: ['z', 'a'], queue: 'q' }, type: 'transfer-to-queue', name: 'B' },
    },
    name: 'N',
    type: 'inbound-email',
    id: 'f',
    variables: [{ type: 'string', name: 'v' }],
    stray: true,
    fallback: { priority: 1, queue: 'q' },
  });

  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.stringify(JSON.parse(text))).toBe(
    JSON.stringify({
      id: 'f',
      name: 'N',
      type: 'inbound-email',
      variables: [{ name: 'v', type: 'string' }],
      fallback: { queue: 'q', priority: 1 },
      actions: {
        a: {
          type: 'decision',
          name: 'A',
          settings: { condition: { and: [{ z: 1, a: 2 }] } },
          next: { yes: 'c', no: 'b' },
        },
        b: { type: 'transfer-to-queue', name: 'B', settings: { queue: 'q', skills: ['z', 'a'] } },
      },
      layout: { a: { x: 4, y: 3 }, b: { x: 2, y: 1 } },
      stray: true,
    }),
  );
});

test('is its own canonical text, whatever the value', () => {
  for (const value of [
    null,
    1,
    'x',
    [],
    {},
    { actions: [] },
    { actions: { a: { type: 'switch', settings: null, next: {} } } },
  ]) {
    const text = canonicalText(value);
    expect(canonicalText(JSON.parse(text))).toBe(text);
  }
});
