import type { ErrorObject } from 'ajv';
import type { Flow } from '../flow.ts';

/** Compiled ahead of time from the flow schema. */
declare const validate: {
  (document: unknown): document is Flow;
  errors: ErrorObject[] | null;
};
export default validate;
