import { knownCalls } from './called.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Inputs that begin with nothing and that a call does not fill. */
export const missingInput: Check = (context) =>
  knownCalls(context).flatMap(({ id, name, declared, given }) =>
    declared.inputs
      .filter((input) => input.initial === undefined && !given.inputs.includes(input.name))
      .map((input) => {
        const message = `${name} needs a value for its input "${input.name}": give it one, or let the input begin with one.`;
        return issue('missing-input', 'error', ['actions', id, 'settings', 'inputs', input.name], message, id);
      }),
  );
