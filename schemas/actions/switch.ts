import Type from 'typebox';
import { closed } from '../closed.ts';
import { idPattern } from '../ids.ts';
import { field, logicSchema } from '../logic.ts';

/** At most 64 cases, as in Genesys Cloud: a longer list is a look-up, not a switch. */
const maxCases = 64;

const caseSchema = closed({
  outcome: Type.String({
    pattern: idPattern,
    not: { const: 'default' },
    title: 'Outcome',
    description: 'Names the way out; unique within the switch, not "default"',
  }),
  condition: Type.Unsafe<Type.Static<typeof logicSchema>>({
    ...logicSchema,
    title: 'Condition',
    ...field('condition'),
  }),
});

/** The first case whose condition holds, or the default. */
export const switchAction = {
  type: 'switch',
  title: 'Switch',
  description: 'Takes the first case whose condition holds, or the default',
  settings: closed({
    cases: Type.Array(caseSchema, { minItems: 1, maxItems: maxCases, title: 'Cases', ...field('cases') }),
  }),
  defaults: { cases: [{ outcome: 'case-1', condition: { contains: [{ var: 'email.subject' }, ''] } }] },
  outcomes: (settings: { cases: readonly { outcome: string }[] }): readonly string[] => [
    ...settings.cases.map((each) => each.outcome),
    'default',
  ],
} as const;
