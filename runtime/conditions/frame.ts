import { UserError } from '../../schemas/errors.ts';

/**
 * What one evaluation works on. `root` is the scope; `data` is what `var` reads: the scope, or one item inside `map` and its like.
 */
export interface Frame {
  readonly root: unknown;
  readonly data: unknown;
  readonly budget: Budget;
  /** Pays for operands that the answer does not need: showing them must never make the rule itself fail. */
  readonly spare: Budget;
}

/** The frame in which a rule is evaluated over a scope. */
export function newFrame(scope: unknown): Frame {
  return { root: scope, data: scope, budget: newBudget(), spare: newBudget() };
}

/** How much one evaluation may do: lists come from strangers, and `map` within `map` multiplies them. */
interface Budget {
  operations: number;
  characters: number;
}

function newBudget(): Budget {
  return { operations: 100_000, characters: 10_000_000 };
}

export function spendOperation(budget: Budget): void {
  budget.operations -= 1;
  if (budget.operations < 0) {
    throw new UserError('evaluation-limit', 'The rule takes more than 100,000 operations on this mail; simplify it.');
  }
}

/** Charges for text that an operator makes or joins. */
export function spendCharacters(budget: Budget, characters: number): void {
  budget.characters -= characters;
  if (budget.characters < 0) {
    throw new UserError(
      'evaluation-limit',
      'The rule makes more than 10,000,000 characters of text on this mail; simplify it.',
    );
  }
}
