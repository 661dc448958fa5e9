import { type Action, actionTypes } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';
import { mainSheet, type SheetId } from '../../schemas/sheet.ts';

/** A place where the words were found. */
export interface Hit {
  sheet: SheetId;
  action: string;
  name: string;
  /** What of the action holds them: "name", "id", "setting subject". */
  where: string;
  /** The text around them. */
  excerpt: string;
}

/** What is shown of a long text: some letters before the words, and after. */
const around = { before: 24, after: 60 };

/**
 * Every action in the flow and its tasks whose name, id, type, note or settings hold the text, upper and lower case being the same. One hit for
 * each action, at the first of these places. `nameOf` gives a queue's name, so that it is found by that, too.
 */
export function findInFlow(flow: Flow, text: string, nameOf: (queue: string) => string): Hit[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const sheets: [SheetId, Flow['actions']][] = [
    [mainSheet, flow.actions],
    ...Object.entries(flow.tasks ?? {}).map(([id, task]): [SheetId, Flow['actions']] => [id, task.actions]),
  ];
  return sheets.flatMap(([sheet, actions]) =>
    Object.entries(actions).flatMap(([id, action]): Hit[] => {
      const place = placesIn(id, action, nameOf).find(({ text: held }) => held.toLowerCase().includes(wanted));
      if (place === undefined) return [];
      return [{ sheet, action: id, name: action.name, where: place.where, excerpt: excerptOf(place.text, wanted) }];
    }),
  );
}

interface Place {
  where: string;
  text: string;
}

function placesIn(id: string, action: Action, nameOf: (queue: string) => string): Place[] {
  const { settings, note = '' } = action;
  return [
    { where: 'name', text: action.name },
    { where: 'id', text: id },
    { where: 'type', text: actionTypes[action.type].title },
    { where: 'note', text: note },
    ...('queue' in settings && typeof settings.queue === 'string'
      ? [{ where: 'queue', text: nameOf(settings.queue) }]
      : []),
    ...Object.entries(settings).flatMap(([setting, value]) => textsIn(setting, value)),
  ];
}

/** Every text and number in a setting, however deep; keys, too: they hold the operators of conditions. */
function textsIn(setting: string, value: unknown): Place[] {
  const places: Place[] = [];
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string' || typeof next === 'number')
      places.push({ where: `setting ${setting}`, text: `${next}` });
    else if (typeof next === 'object' && next !== null) pending.push(...Object.values(next).toReversed());
  }
  return places;
}

function excerptOf(text: string, wanted: string): string {
  const at = text.toLowerCase().indexOf(wanted);
  const start = Math.max(0, at - around.before);
  const end = at + wanted.length + around.after;
  return `${start > 0 ? '…' : ''}${text.slice(start, end).replaceAll(/\s+/g, ' ')}${end < text.length ? '…' : ''}`;
}
