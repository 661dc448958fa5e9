import { nearestName } from '../../../schemas/nearest-name.ts';
import type { Fixer, FixKnown } from './fix.ts';
import { ruleAt, withFirst } from './rule-at.ts';
import { setAt } from './set-at.ts';

/** A named list or a schedule that is not there, in a rule: another one is chosen. */
export function unknownReference(kind: 'lists' | 'schedules'): Fixer {
  const noun = kind === 'lists' ? 'list' : 'schedule';
  return ({ flow, issue, known }) => {
    const rule = ruleAt(flow, issue.path);
    const items = itemsOf(known, kind);
    if (typeof rule.first !== 'string' || items.length === 0) return [];
    const use = (id: string) => setAt(issue.path, withFirst(rule, id), `Choose the ${noun}`);
    const nearest = items.find(
      ({ id }) =>
        id ===
        nearestName(
          String(rule.first),
          known[kind].map((each) => each.id),
        ),
    );
    return [
      ...(nearest === undefined ? [] : [{ label: `Use ${nearest.title}`, command: use(nearest.id) }]),
      { label: 'Choose…', choose: { title: `Which ${noun}`, items, command: use } },
    ];
  };
}

function itemsOf(known: FixKnown, kind: 'lists' | 'schedules') {
  return known[kind].map(({ id, name }) => ({ id, title: name, hint: id }));
}
