import Type from 'typebox';
import { closed } from './closed.ts';
import { actionIdSchema, idPattern } from './ids.ts';

/** How a sheet is drawn, apart from what it does: no run ever looks at any of this. */

const positionSchema = closed({ x: Type.Number(), y: Type.Number() });

/** A frame around actions that belong together. An action is in one group at most; the first that names it has it. */
const groupSchema = closed({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  actions: Type.Array(actionIdSchema, { minItems: 1, maxItems: 5_000, uniqueItems: true }),
  collapsed: Type.Optional(Type.Boolean({ description: 'Drawn as one card' })),
});

const colourSchema = Type.Union([
  Type.Literal('yellow'),
  Type.Literal('blue'),
  Type.Literal('green'),
  Type.Literal('red'),
  Type.Literal('grey'),
]);

/** Large enough to be taken hold of, small enough to find the edge of. */
export const noteSize = { least: 60, most: 4_000 };
const sizeSchema = Type.Number({ minimum: noteSize.least, maximum: noteSize.most });

/** A sticky note on the canvas: plain text for colleagues. */
const noteSchema = closed({
  text: Type.String({ maxLength: 10_000 }),
  colour: colourSchema,
  x: Type.Number(),
  y: Type.Number(),
  width: sizeSchema,
  height: sizeSchema,
});

const ids = Type.String({ pattern: idPattern });

export const drawingProperties = {
  layout: Type.Optional(Type.Record(ids, positionSchema, { additionalProperties: false })),
  groups: Type.Optional(
    Type.Record(ids, groupSchema, {
      description: 'Frames around actions, for the eye only',
      maxProperties: 500,
      additionalProperties: false,
    }),
  ),
  notes: Type.Optional(
    Type.Record(ids, noteSchema, {
      description: 'Sticky notes on the canvas',
      maxProperties: 500,
      additionalProperties: false,
    }),
  ),
};

export type Position = Type.Static<typeof positionSchema>;
export type Group = Type.Static<typeof groupSchema>;
export type Note = Type.Static<typeof noteSchema>;
export type NoteColour = Note['colour'];
