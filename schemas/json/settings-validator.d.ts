import type { ErrorObject } from 'ajv';
import type { Settings } from '../settings.ts';

/** Compiled ahead of time from the schema of the settings. */
declare const validate: {
  (document: unknown): document is Settings;
  errors: ErrorObject[] | null;
};
export default validate;
