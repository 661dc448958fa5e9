import { UserError } from '../../schemas/errors.ts';
import type { Variable } from '../../schemas/variable.ts';
import { fitVariable } from '../../schemas/variable-value.ts';

/** The variables of one run, or of one call of a task: their values, and their types to hold new values to. */
export interface Variables {
  readonly values: Record<string, unknown>;
  /** The value as the variable's type takes it. Throws a UserError `unknown-variable` or `wrong-variable-type`. */
  coerce(name: string, value: unknown): unknown;
}

/** Variables with their initial values. `owner` begins the sentences of errors: "The flow". Throws `wrong-variable-type`. */
export function createVariables(declared: readonly Variable[], owner: string): Variables {
  const types = new Map(declared.map((variable) => [variable.name, variable.type]));
  // No prototype: a variable named "constructor" is a variable like any other.
  const values: Record<string, unknown> = Object.create(null);

  const coerce = (name: string, value: unknown): unknown => {
    const type = types.get(name);
    if (type === undefined) throw new UserError('unknown-variable', `${owner} has no variable "${name}".`);
    const fitted = fitVariable(type, value);
    if (!fitted.ok) {
      throw new UserError('wrong-variable-type', `The variable "${name}" cannot take this value: ${fitted.message}.`);
    }
    return fitted.value;
  };

  for (const variable of declared) values[variable.name] = coerce(variable.name, variable.initial ?? null);
  return { values, coerce };
}
