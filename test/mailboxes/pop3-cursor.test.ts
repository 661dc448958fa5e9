import { expect, test } from 'vitest';
import { compare, firstCursor, formatCursor, parseCursor } from '../../runtime/mailboxes/pop3/cursor.ts';

const day = 86_400;
const listed = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ number: number + 1, uidl: `uidl-${number}`, size: 1_000 + number }));

test('the cursor keeps the names of what the server lists, not of all that ever was there', () => {
  const all = listed(50_000);
  const cursor = firstCursor({ username: 'anna', host: 'pop.example.com' }, all.slice(0, 100), 0);
  for (const { uidl, size } of all.slice(100)) cursor.taken.set(uidl, { at: 1, whole: true, identity: 'x', size });
  const stored = parseCursor(formatCursor(cursor));

  const nothingNew = compare(stored, all, day);
  const emptied = compare(stored, all.slice(-10), day);
  const later = compare(emptied.next, all.slice(-10), 32 * day);

  expect([nothingNew.fresh, nothingNew.changed]).toEqual([[], false]);
  expect([emptied.next.taken.size, emptied.next.former.size]).toEqual([10, 100]);
  // What was there before is known for a month when it comes back.
  expect([later.next.taken.size, later.next.former.size]).toEqual([10, 0]);
  expect(formatCursor(later.next).length).toBeLessThan(1_000);
});
