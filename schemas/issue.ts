import Type from 'typebox';
import { closed } from './closed.ts';

const severitySchema = Type.Union([Type.Literal('error'), Type.Literal('warning')]);

/**
 * Something wrong with a document. Issues are collected, all at once; an error blocks publishing, a warning does not.
 * `path` is a JSON pointer into the document (RFC 6901); `action` is the id of the action to show to the person, `task` that of the
 * task in which it is drawn.
 */
export const issueSchema = closed({
  code: Type.String({ description: 'Stable, kebab-case' }),
  severity: severitySchema,
  path: Type.String({ description: 'JSON pointer into the document' }),
  message: Type.String({ description: 'One sentence: what is wrong and what to do' }),
  action: Type.Optional(Type.String({ description: 'Id of the action concerned' })),
  task: Type.Optional(Type.String({ description: 'Id of the task concerned; absent for the flow itself' })),
});

export type Severity = Type.Static<typeof severitySchema>;
export type Issue = Type.Static<typeof issueSchema>;

/** True if publishing must be refused. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
