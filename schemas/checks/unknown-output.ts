import { didYouMean } from '../nearest-name.ts';
import { knownCalls } from './called.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Outputs to keep that what is called does not have. */
export const unknownOutput: Check = (context) =>
  knownCalls(context).flatMap(({ id, name, declared, given }) => {
    const names = declared.outputs.map((output) => output.name);
    return given.outputs
      .filter(([, output]) => !names.includes(output))
      .map(([variable, output]) => {
        const message = `${name} has no output "${output}"${didYouMean(output, names) || ': keep another, or none.'}`;
        return issue('unknown-output', 'error', ['actions', id, 'settings', 'outputs', variable], message, id);
      });
  });
