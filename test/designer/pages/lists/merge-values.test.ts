import { expect, it } from 'vitest';
import { mergeValues, valueChanges } from '../../../../designer/pages/lists/merge-values.ts';

it('keeps what either side added, drops what either removed, and has nothing twice', () => {
  const base = ['a@x.test', 'b@x.test', 'c@x.test'];
  const mine = ['B@x.test', 'c@x.test', 'new@x.test', 'mine@x.test'];
  const theirs = ['a@x.test', 'b@x.test', 'NEW@x.test', 'theirs@x.test'];

  const merged = mergeValues({ base, mine, theirs });

  expect(merged).toEqual(['b@x.test', 'NEW@x.test', 'theirs@x.test', 'mine@x.test']);
  expect(valueChanges(base, mine)).toEqual({ added: ['new@x.test', 'mine@x.test'], removed: ['a@x.test'] });
});
