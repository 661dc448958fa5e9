import Type from 'typebox';

/** `received` while its flow runs; `quarantined` and `held` wait for a person; `skipped` was stopped by a filter before any flow. */
export const interactionStateSchema = Type.Union([
  Type.Literal('received'),
  Type.Literal('queued'),
  Type.Literal('disconnected'),
  Type.Literal('claimed'),
  Type.Literal('parked'),
  Type.Literal('done'),
  Type.Literal('quarantined'),
  Type.Literal('held'),
  Type.Literal('skipped'),
]);

/** What became of a server message; `received` only until its flow has run. */
export const ledgerStateSchema = Type.Union([
  Type.Literal('received'),
  Type.Literal('queued'),
  Type.Literal('disconnected'),
  Type.Literal('merged'),
  Type.Literal('quarantined'),
  Type.Literal('skipped'),
]);

/**
 * `withheld`: the send guard said no. `captured`: no outbound mailbox, shown instead of sent.
 * `uncertain`: the server may or may not have taken it; a person decides, nothing is sent twice by itself.
 * `bounced`: a server took it, and reported later that it could not be delivered.
 */
export const outboxStateSchema = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('sending'),
  Type.Literal('sent'),
  Type.Literal('captured'),
  Type.Literal('withheld'),
  Type.Literal('failed'),
  Type.Literal('uncertain'),
  Type.Literal('bounced'),
]);

export type InteractionState = Type.Static<typeof interactionStateSchema>;
export type LedgerState = Type.Static<typeof ledgerStateSchema>;
export type OutboxState = Type.Static<typeof outboxStateSchema>;

export const outboxStates: readonly OutboxState[] = outboxStateSchema.anyOf.map((schema) => schema.const);
