import Type from 'typebox';
import { caseNameSchema, caseSchema } from '../case.ts';
import { closed } from '../closed.ts';
import { flowIdSchema } from '../ids.ts';
import { endingSchema } from '../run.ts';
import { mailChoiceSchema } from './try.ts';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const caseEntrySchema = closed({
  name: Type.String({ description: 'Name of the files before their endings' }),
  case: nullable(caseSchema),
  mail: nullable(closed({ subject: Type.String(), from: Type.String(), size: Type.Integer({ description: 'Bytes' }) })),
  revision: Type.String({ description: 'Changes with every change of the case file' }),
  problem: Type.String({ description: 'Why this case cannot be run; empty if it can' }),
});
export const casesSchema = closed({ items: Type.Array(caseEntrySchema) });

export const newCaseBodySchema = closed({ name: caseNameSchema, case: caseSchema, mail: mailChoiceSchema });
/** `revision` is the one that was read: somebody who changed the case meanwhile makes this a 409. */
export const caseBodySchema = closed({ case: caseSchema, revision: Type.Optional(Type.String({ maxLength: 100 })) });
export const renameCaseBodySchema = closed({ name: caseNameSchema });

const differenceSchema = closed({
  what: Type.String({ description: 'Part of the expectation: ending, queue, priority, reason, fallback, responses' }),
  expected: Type.Unknown(),
  got: Type.Unknown({ description: 'Null where the run has none' }),
});

export const caseResultSchema = closed({
  name: Type.String(),
  ok: Type.Boolean(),
  differences: Type.Array(differenceSchema),
  problem: Type.String({ description: 'Why it could not be run; empty if it was' }),
  ending: nullable(endingSchema),
});

/** Without a document the caller's draft is meant, or else what is published. */
export const runCasesBodySchema = closed({
  document: Type.Optional(Type.Unknown()),
  names: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 1_000 })),
});
export const casesRunSchema = closed({
  items: Type.Array(caseResultSchema),
  failed: Type.Integer(),
  isComplete: Type.Boolean({ description: 'False if time ran out before the last case; the rest counts as failed' }),
  durationMs: Type.Number(),
});

/** A tried mail as a case: what is expected is what the flow does with it now. */
export const caseProposalSchema = closed({ name: caseNameSchema, case: caseSchema });

export const flowCaseParams = closed({ id: flowIdSchema, name: caseNameSchema });

export type CaseEntry = Type.Static<typeof caseEntrySchema>;
export type Cases = Type.Static<typeof casesSchema>;
export type NewCaseBody = Type.Static<typeof newCaseBodySchema>;
export type CaseBody = Type.Static<typeof caseBodySchema>;
export type CaseDifference = Type.Static<typeof differenceSchema>;
export type CaseResult = Type.Static<typeof caseResultSchema>;
export type CasesRun = Type.Static<typeof casesRunSchema>;
export type CaseProposal = Type.Static<typeof caseProposalSchema>;
