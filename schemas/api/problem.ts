import Type from 'typebox';
import { issueSchema } from '../issue.ts';
import { caseResultSchema } from './cases.ts';

/** RFC 9457 `application/problem+json`, with a stable `code` for scripts. */
export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String({ description: 'What happened and what to do, in words for a person' }),
  issues: Type.Optional(Type.Array(issueSchema)),
  cases: Type.Optional(Type.Array(caseResultSchema, { description: 'Those that differ' })),
});
export type Problem = Type.Static<typeof problemSchema>;
