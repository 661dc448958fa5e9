import { calledIdPattern } from './actions/call-settings.ts';
import { headerNamePattern, pointerPattern } from './actions/data-action.ts';
import { momentPattern } from './case.ts';
import { idPattern } from './ids.ts';
import { variableNamePattern, variableRefPattern } from './variable.ts';

/** What a pattern asks for, in words for a person, to follow "must be"; a regular expression explains nothing to most. */
export const patternWords: Readonly<Record<string, string>> = {
  [idPattern]: 'lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit',
  [variableNamePattern]: 'letters, digits and underscores, at most 64, beginning with a letter',
  [variableRefPattern]:
    'the name of a variable: letters, digits and underscores, beginning with a letter; of a task, "task." before it',
  [calledIdPattern]: 'lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit',
  [headerNamePattern]: 'the name of an HTTP header, such as Authorization',
  [pointerPattern]: 'a JSON pointer such as /category, or empty for the whole answer',
  [momentPattern]: 'a moment with its time zone, such as 2026-01-31T09:00:00Z',
};
