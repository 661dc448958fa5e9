import Type from 'typebox';
import { closed } from '../closed.ts';
import { variableSchema } from '../variable.ts';
import { mailChoiceSchema } from './try.ts';

const formSchema = Type.Union([Type.Literal('text'), Type.Literal('html')]);

/** Without a mail a made-up one stands in. `variables` are those of the flow, each with the value to show it with as its start value. */
export const previewBodySchema = closed({
  mail: Type.Optional(mailChoiceSchema),
  templates: Type.Array(closed({ source: Type.String({ maxLength: 100_000 }), form: formSchema }), { maxItems: 20 }),
  variables: Type.Optional(Type.Array(variableSchema, { maxItems: 500 })),
});

export const previewSchema = closed({
  mail: closed({ subject: Type.String(), from: Type.String() }),
  /** In the order of the templates; `error` in place of a text that could not be made. */
  items: Type.Array(closed({ text: Type.Optional(Type.String()), error: Type.Optional(Type.String()) })),
});

export type PreviewBody = Type.Static<typeof previewBodySchema>;
export type Preview = Type.Static<typeof previewSchema>;
