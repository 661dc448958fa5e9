import { didYouMean } from '../nearest-name.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Calls of a module that is not published: the run would fail there. */
export const unknownModule: Check = ({ flow, actions, known }) => {
  const modules = known.modules?.map(({ id }) => id);
  return [...actions.values()].flatMap(({ id, action }) => {
    if (action.type !== 'call-flow') return [];
    const { flow: called } = action.settings;
    const at = ['actions', id, 'settings', 'flow'];
    if (called === '') {
      return [issue('unknown-module', 'error', at, `"${action.name}" calls no module yet: choose one.`, id)];
    }
    // A module that calls itself is published by the time it runs; that it goes in a circle is another issue.
    if (modules === undefined || modules.includes(called) || called === flow.id) return [];
    const message = `There is no published module "${called}"${didYouMean(called, modules) || ': publish it first, or choose another.'}`;
    return [issue('unknown-module', 'error', at, message, id)];
  });
};
