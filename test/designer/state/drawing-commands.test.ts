import { describe, expect, it } from 'vitest';
import { alignActions, distributeActions } from '../../../designer/state/commands/align-actions.ts';
import { arrangeSelected } from '../../../designer/state/commands/auto-layout.ts';
import { deleteActions } from '../../../designer/state/commands/delete-actions.ts';
import {
  collapseGroup,
  groupActions,
  takeOutOfGroup,
  ungroup,
} from '../../../designer/state/commands/group-actions.ts';
import { insertOnConnection } from '../../../designer/state/commands/insert-on-connection.ts';
import { fragmentOf, pasteActions } from '../../../designer/state/commands/paste-actions.ts';
import { replaceType } from '../../../designer/state/commands/replace-type.ts';
import { deleteStickyNotes } from '../../../designer/state/commands/sticky-notes.ts';
import type { Sheet } from '../../../schemas/sheet.ts';

/** ask leads to raise and end, raise to end; all cards are 236 wide, ask is 94 high and the others 66. */
const sheet: Sheet = {
  entry: 'ask',
  actions: {
    ask: { type: 'decision', name: 'Ask', settings: { condition: true }, next: { yes: 'raise', no: 'end' } },
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 5 }, next: { done: 'end' } },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general', priority: 3 } },
  },
  layout: { ask: { x: 0, y: 0 }, raise: { x: 50, y: 160 }, end: { x: 400, y: 330 } },
};

describe('putting cards into order', () => {
  it('aligns at the edge of the ground that they take up', () => {
    expect(alignActions(['ask', 'end'], 'left').apply(sheet).layout?.end).toEqual({ x: 0, y: 330 });
    expect(alignActions(['ask', 'end'], 'right').apply(sheet).layout?.ask).toEqual({ x: 400, y: 0 });
    expect(alignActions(['ask', 'raise'], 'middle').apply(sheet).layout).toMatchObject({
      ask: { y: 66 },
      raise: { y: 80 },
    });
  });

  it('distributes with even gaps, the outermost staying', () => {
    const { layout } = distributeActions(['ask', 'raise', 'end'], 'across').apply(sheet);

    expect(layout).toMatchObject({ ask: { x: 0 }, raise: { x: 200 }, end: { x: 400 } });
  });

  it('moves a collapsed group as one', () => {
    const grouped = groupActions(sheet, { ids: ['raise', 'end'], name: 'G', collapsed: true }).apply(sheet);

    const { layout } = alignActions(['ask', 'raise'], 'top').apply(grouped);

    expect(layout).toMatchObject({ raise: { x: 50, y: 0 }, end: { x: 400, y: 170 } });
  });

  it('arranges only what was chosen, where it was', () => {
    const { layout } = arrangeSelected(['raise', 'end']).apply(sheet);

    expect(layout?.ask).toEqual({ x: 0, y: 0 });
    expect(layout?.raise).toEqual({ x: 50, y: 160 });
    expect(layout?.end?.x).toBe(50);
  });
});

describe('groups', () => {
  const grouped = groupActions(sheet, { ids: ['raise', 'end'], name: 'G' }).apply(sheet);

  it('take an action from the group that it was in, and go with their last one', () => {
    const again = groupActions(grouped, { ids: ['end'], name: 'H' }).apply(grouped);

    expect(again.groups).toEqual({
      group: { name: 'G', actions: ['raise'] },
      'group-2': { name: 'H', actions: ['end'] },
    });
    expect(takeOutOfGroup(['raise', 'end']).apply(again)).not.toHaveProperty('groups');
    expect(deleteActions(['raise']).apply(again).groups).toEqual({ 'group-2': { name: 'H', actions: ['end'] } });
  });

  it('leave no trace in the file when they are gone or open', () => {
    expect(ungroup('group').apply(grouped)).toEqual(sheet);
    expect(collapseGroup('group', false).apply(collapseGroup('group', true).apply(grouped))).toEqual(grouped);
  });

  it('take in what is inserted between two of theirs', () => {
    const after = insertOnConnection(grouped, {
      type: 'auto-response',
      from: { action: 'raise', outcome: 'done' },
      position: { x: 0, y: 0 },
    }).apply(grouped);

    expect(after.groups?.group?.actions).toEqual(['raise', 'end', 'auto-response']);
  });

  it('are copied where all of their actions are', () => {
    const whole = pasteActions(grouped, fragmentOf(grouped, ['raise', 'end']), { x: 9, y: 9 }).apply(grouped);
    const part = pasteActions(grouped, fragmentOf(grouped, ['raise']), { x: 9, y: 9 }).apply(grouped);

    expect(whole.groups?.['group-2']).toEqual({ name: 'G', actions: ['raise-2', 'end-2'] });
    expect(Object.keys(part.groups ?? {})).toEqual(['group']);
  });
});

describe('inserting', () => {
  it('makes room: the card comes between the two, and what is below moves down by as much', () => {
    const { layout } = insertOnConnection(sheet, {
      type: 'auto-response',
      from: { action: 'ask', outcome: 'yes' },
      position: { x: 10, y: 110 },
    }).apply(sheet);

    expect(layout).toEqual({
      ask: { x: 0, y: 0 },
      raise: { x: 50, y: 248 },
      end: { x: 400, y: 418 },
      'auto-response': { x: 10, y: 138 },
    });
  });

  it('leaves everything where it is if there is room', () => {
    const roomy: Sheet = { ...sheet, layout: { ...sheet.layout, raise: { x: 0, y: 600 } } };

    const { layout } = insertOnConnection(roomy, {
      type: 'auto-response',
      from: { action: 'ask', outcome: 'yes' },
      position: { x: 10, y: 300 },
    }).apply(roomy);

    expect(layout).toEqual({ ...roomy.layout, 'auto-response': { x: 10, y: 300 } });
  });
});

describe('replacing the type', () => {
  it('keeps the name, and the settings and connections that fit', () => {
    const { raise } = replaceType('raise', 'transfer-to-queue').apply(sheet).actions;

    expect(raise).toEqual({ type: 'transfer-to-queue', name: 'Raise', settings: { queue: 'general', priority: 5 } });
  });

  it('keeps the only way on, whatever it is called', () => {
    const { raise } = replaceType('raise', 'data-action').apply(sheet).actions;

    expect(raise?.next).toEqual({ success: 'end' });
  });

  it('takes no value of another shape, and renames what was named after its type', () => {
    const strange: Sheet = {
      ...sheet,
      actions: {
        end: { type: 'transfer-to-queue', name: 'Transfer to queue', settings: { queue: 'x', priority: 1.5 } },
      },
    };

    const { end } = replaceType('end', 'set-priority').apply(strange).actions;

    expect(end?.name).toBe('Set priority');
    expect(end?.settings).not.toHaveProperty('priority', 1.5);
  });
});

describe('deleting', () => {
  it('leaves a gap where that is asked for', () => {
    expect(deleteActions(['raise'], { leavesGap: true }).apply(sheet).actions.ask?.next).toEqual({ no: 'end' });
  });

  it('never lets an action lead to itself where a circle closes', () => {
    const circle: Sheet = {
      entry: 'a',
      actions: {
        a: { type: 'set-priority', name: 'A', settings: { priority: 1 }, next: { done: 'b' } },
        b: { type: 'set-priority', name: 'B', settings: { priority: 1 }, next: { done: 'a' } },
      },
    };

    expect(deleteActions(['b']).apply(circle).actions.a).not.toHaveProperty('next');
  });

  it('takes notes away without a trace', () => {
    const noted: Sheet = { ...sheet, notes: { n: { text: '', colour: 'blue', x: 0, y: 0, width: 90, height: 90 } } };

    expect(deleteStickyNotes(['n']).apply(noted)).toEqual(sheet);
  });
});
