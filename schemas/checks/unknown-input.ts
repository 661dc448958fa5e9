import { didYouMean } from '../nearest-name.ts';
import { knownCalls } from './called.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Values for inputs that what is called does not have. */
export const unknownInput: Check = (context) =>
  knownCalls(context).flatMap(({ id, name, declared, given }) => {
    const names = declared.inputs.map((input) => input.name);
    return given.inputs
      .filter((input) => !names.includes(input))
      .map((input) => {
        const message = `${name} has no input "${input}"${didYouMean(input, names) || ': take it out of the call.'}`;
        return issue('unknown-input', 'error', ['actions', id, 'settings', 'inputs', input], message, id);
      });
  });
