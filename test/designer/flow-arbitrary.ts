import fc from 'fast-check';
import { newAction } from '../../designer/state/commands/new-action.ts';
import { type Action, type ActionType, actionTypes, outcomesOf } from '../../schemas/actions/index.ts';
import type { Group, Note, NoteColour } from '../../schemas/drawing.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Sheet } from '../../schemas/sheet.ts';

const types = Object.keys(actionTypes) as ActionType[];

/** Sheets of every shape that the editor can make: loops, islands, unconnected outcomes, any entry. */
const anyActions: fc.Arbitrary<Sheet> = fc
  .array(
    fc.record({
      type: fc.constantFrom(...types),
      targets: fc.array(fc.option(fc.nat(), { nil: undefined }), { minLength: 3, maxLength: 3 }),
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
    }),
    { maxLength: 12 },
  )
  .map((parts) => {
    const ids = parts.map(({ type }, index) => `${type}-${index}`);
    const actions = parts.map(({ type, targets }): Action => {
      const action = newAction(type);
      const next = outcomesOf(action).flatMap((outcome, index): [string, string][] => {
        const target = targets[index];
        const id = target === undefined ? undefined : ids[target % ids.length];
        return id === undefined ? [] : [[outcome, id]];
      });
      return next.length === 0 ? action : { ...action, next: Object.fromEntries(next) };
    });
    return {
      entry: ids[0] ?? '',
      actions: Object.fromEntries(ids.map((id, index) => [id, actions[index]])) as Sheet['actions'],
      layout: Object.fromEntries(ids.map((id, index) => [id, { x: parts[index]?.x ?? 0, y: parts[index]?.y ?? 0 }])),
    };
  });

const anyNotes: fc.Arbitrary<Note[]> = fc.array(
  fc.record({
    text: fc.string({ maxLength: 30 }),
    colour: fc.constantFrom<NoteColour>('yellow', 'blue', 'green', 'red', 'grey'),
    x: fc.integer({ min: -5_000, max: 5_000 }),
    y: fc.integer({ min: -5_000, max: 5_000 }),
    width: fc.integer({ min: 60, max: 900 }),
    height: fc.integer({ min: 60, max: 900 }),
  }),
  { maxLength: 3 },
);

/** With up to two groups, each a stretch of the actions, and a few notes. */
const anySheet: fc.Arbitrary<Sheet> = fc
  .record({
    sheet: anyActions,
    notes: anyNotes,
    cuts: fc.tuple(fc.nat(8), fc.nat(8)),
    collapsed: fc.tuple(fc.boolean(), fc.boolean()),
  })
  .map(({ sheet, notes, cuts: [first, second], collapsed }) => {
    const ids = Object.keys(sheet.actions);
    const stretches = [ids.slice(0, first), ids.slice(first + 1, first + 1 + second)];
    const groups = stretches.flatMap((actions, index): [string, Group][] => {
      const group: Group = { name: `Group ${index}`, actions };
      return actions.length === 0 ? [] : [[`group-${index}`, collapsed[index] ? { ...group, collapsed: true } : group]];
    });
    return {
      ...sheet,
      ...(groups.length === 0 ? {} : { groups: Object.fromEntries(groups) }),
      ...(notes.length === 0 ? {} : { notes: Object.fromEntries(notes.map((note, index) => [`note-${index}`, note])) }),
    };
  });

const taskIds = ['escalate', 'look-up', 'thank'];

export const anyFlow: fc.Arbitrary<Flow> = fc
  .tuple(anySheet, fc.uniqueArray(fc.tuple(fc.constantFrom(...taskIds), anySheet), { selector: ([id]) => id }))
  .map(([main, tasks]) => ({
    id: 'generated',
    name: 'Generated',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    ...main,
    ...(tasks.length === 0
      ? {}
      : { tasks: Object.fromEntries(tasks.map(([id, sheet]) => [id, { name: id, ...sheet }])) }),
  }));
