import type { Action } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';

/** About as wide as high: all of it fits on the canvas between the editor's panels. */
const perRow = 20;
const column = 290;
const row = 150;

/** Of this many actions one stands in a frame with seven others, and beside this many lies a note. */
const perGroup = 50;

/**
 * Strands of decisions, switches, answers and priorities that end in transfers, with groups and notes. Every action is placed and every
 * outcome leads somewhere, so that opening it measures drawing, neither arranging nor telling of problems.
 */
export function bigFlow(id: string, count: number): Flow {
  const ids = Array.from({ length: count }, (_, index) => `a${index}`);
  return {
    id,
    name: `Big ${count}`,
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'a0',
    actions: Object.fromEntries(ids.map((action, index) => [action, actionAt(index, count)])),
    layout: Object.fromEntries(
      ids.map((action, index) => [action, { x: (index % perRow) * column, y: Math.floor(index / perRow) * row }]),
    ),
    groups: Object.fromEntries(
      groups(count).map((actions, index) => [`g${index}`, { name: `Group ${index}`, actions }]),
    ),
    notes: Object.fromEntries(
      groups(count).map((_actions, index) => [
        `n${index}`,
        {
          text: `What is decided here, and why (${index})`,
          colour: 'yellow',
          ...noteAt(index),
          width: 220,
          height: 120,
        },
      ]),
    ),
  };
}

function actionAt(index: number, count: number): Action {
  const below = index + perRow;
  const isRightmost = index % perRow === perRow - 1;
  const across = isRightmost || below + 1 >= count ? below : below + 1;
  if (index < perRow) return question(index, { yes: below, no: index === perRow - 1 ? below : index + 1 });
  if (below >= count) return { type: 'transfer-to-queue', name: `Queue ${index}`, settings: { queue: 'general' } };
  switch (Math.floor(index / perRow) % 4) {
    case 1:
      return next({ type: 'set-priority', name: `Priority ${index}`, settings: { priority: 10 } }, { done: below });
    case 2:
      return question(index, { yes: below, no: across });
    case 3:
      return next(
        {
          type: 'auto-response',
          name: `Answer ${index}`,
          settings: { subject: 'We have got your mail', body: 'We have got your mail.' },
        },
        { done: below },
      );
    default:
      return next(
        {
          type: 'switch',
          name: `Which ${index}?`,
          settings: {
            cases: [
              { outcome: 'invoice', condition: { contains: [{ var: 'email.subject' }, 'invoice'] } },
              { outcome: 'order', condition: { contains: [{ var: 'email.subject' }, 'order'] } },
            ],
          },
        },
        { invoice: below, order: across, default: below },
      );
  }
}

function question(index: number, ways: Record<string, number>): Action {
  const condition = { contains: [{ var: 'email.subject' }, `word ${index}`] };
  return next({ type: 'decision', name: `Question ${index}`, settings: { condition } }, ways);
}

function next(action: Action, ways: Record<string, number>): Action {
  return { ...action, next: Object.fromEntries(Object.entries(ways).map(([outcome, to]) => [outcome, `a${to}`])) };
}

/** Two columns of four rows each. */
function groups(count: number): string[][] {
  return Array.from({ length: Math.floor(count / perGroup) }, (_, index) => {
    const first = Math.floor(index / 10) * 4 * perRow + (index % 10) * 2;
    const members = [0, 1, 2, 3].flatMap((down) => [first + down * perRow, first + down * perRow + 1]);
    return members.filter((member) => member < count).map((member) => `a${member}`);
  });
}

function noteAt(index: number): { x: number; y: number } {
  return { x: perRow * column, y: index * 2 * row };
}
