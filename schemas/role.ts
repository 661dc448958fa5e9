import Type from 'typebox';

export const roleSchema = Type.Union([
  Type.Literal('admin'),
  Type.Literal('designer'),
  Type.Literal('agent'),
  Type.Literal('viewer'),
]);

export type Role = Type.Static<typeof roleSchema>;

/** The one that may most first. */
export const rolesByRank: readonly Role[] = ['admin', 'designer', 'agent', 'viewer'];
