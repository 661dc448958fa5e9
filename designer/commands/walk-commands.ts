import { groupOfNode, noteOfNode } from '../graph/blocks.ts';
import { siblingsOf, type Way, waysOn, waysTo } from '../graph/ways.ts';
import { calledTask } from '../sheets/sheet-commands.ts';
import { collapseGroup } from '../state/commands/group-actions.ts';
import { actionsOfCard, cardOfAction, sheetOf } from './at-hand.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';

export const walkCommands = commandGroup('Go', {
  'go-down': {
    title: 'Go along a connection',
    keys: ['ArrowDown'],
    worksIn: 'card',
    keywords: 'follow next down',
    when: needsFocus,
    run: (context) => follow(context, 'on'),
  },
  'go-up': {
    title: 'Go back along a connection',
    keys: ['ArrowUp'],
    worksIn: 'card',
    keywords: 'previous up',
    when: needsFocus,
    run: (context) => follow(context, 'back'),
  },
  'go-left': {
    title: 'Go to the way on the left',
    keys: ['ArrowLeft'],
    worksIn: 'card',
    when: needsFocus,
    run: (context) => goBeside(context, -1),
  },
  'go-right': {
    title: 'Go to the way on the right',
    keys: ['ArrowRight'],
    worksIn: 'card',
    when: needsFocus,
    run: (context) => goBeside(context, 1),
  },
  'go-start': {
    title: 'Go to the first action',
    keys: ['Home'],
    worksIn: 'card',
    run: (context) => {
      const sheet = sheetOf(context);
      if (Object.hasOwn(sheet.actions, sheet.entry)) context.view.focus(cardOfAction(sheet, sheet.entry));
    },
  },
  'go-between': {
    title: 'Go between the canvas and the inspector',
    keys: ['F6'],
    worksIn: 'everywhere',
    keywords: 'focus pane panel',
    run: (context) => {
      if (context.view.focused() !== null) {
        openCard(context);
        return context.focusInspector();
      }
      const sheet = sheetOf(context);
      const { keyboard, selection } = context.store.getState();
      const card = keyboard ?? cardOfAction(sheet, selection[0] ?? sheet.entry);
      context.view.focus(card);
    },
  },
  'open-card': {
    title: 'Open the card: its settings, or the task that it calls',
    keys: ['Enter'],
    worksIn: 'card',
    when: needsFocus,
    run: (context) => {
      const task = calledTask(context);
      if (task === null) openCard(context);
      else context.store.getState().openSheet(task);
    },
  },
});

function needsFocus({ view }: CommandContext): string | null {
  return view.focused() === null ? 'Go to a card first: Tab leads into the canvas.' : null;
}

/** Follows the only way there is, or asks which of several. */
async function follow(context: CommandContext, direction: 'on' | 'back'): Promise<void> {
  const sheet = sheetOf(context);
  const here = actionsOfCard(sheet, context.view.focused() ?? '');
  const isOutside = ({ action, target }: Way) => !here.includes(direction === 'on' ? target : action);
  const ways = here.flatMap((id) => (direction === 'on' ? waysOn(sheet, id) : waysTo(sheet, id))).filter(isOutside);
  const end = ({ action, target }: Way) => (direction === 'on' ? target : action);
  const ends = new Set(ways.map(end));
  const [first] = ends;
  if (first === undefined) {
    context.announce(direction === 'on' ? 'Nothing follows here.' : 'Nothing leads here.');
    return;
  }
  const chosen = ends.size === 1 ? first : await chooseWay(context, ways, end);
  if (chosen !== null) context.view.focus(cardOfAction(sheet, chosen));
}

async function chooseWay(
  context: CommandContext,
  ways: readonly Way[],
  end: (way: Way) => string,
): Promise<string | null> {
  const { actions } = sheetOf(context);
  const key = ({ action, outcome }: Way) => `${action}:${outcome}`;
  const answer = await context.workbench.getState().choose({
    title: 'Which way?',
    placeholder: 'Outcome or action',
    items: ways.map((way) => ({
      id: key(way),
      title: actions[end(way)]?.name ?? end(way),
      hint: end(way) === way.target ? way.outcome : `its outcome ${way.outcome} leads here`,
    })),
    empty: 'No way is called that.',
  });
  const chosen = ways.find((way) => key(way) === answer);
  return chosen === undefined ? null : end(chosen);
}

/** To the next of those that the same actions lead to. */
function goBeside(context: CommandContext, by: 1 | -1): void {
  const sheet = sheetOf(context);
  const [here] = actionsOfCard(sheet, context.view.focused() ?? '');
  if (here === undefined) return;
  const siblings = siblingsOf(sheet, here);
  const next = siblings[siblings.indexOf(here) + by];
  if (next === undefined) context.announce('There is no other way on that side.');
  else context.view.focus(cardOfAction(sheet, next));
}

/** Enter: the settings of an action, the inside of a group, the text of a note. */
function openCard(context: CommandContext): void {
  const card = context.view.focused() ?? '';
  const { run, select, show, write } = context.store.getState();
  const note = noteOfNode(card);
  const group = groupOfNode(card);
  if (note !== null) {
    select([], [], [note]);
    write(note);
  } else if (group !== null) {
    const [first] = actionsOfCard(sheetOf(context), card);
    run(collapseGroup(group, false));
    if (first !== undefined) context.view.focus(first);
  } else show(card, 'name');
}
