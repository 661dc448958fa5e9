import Type from 'typebox';
import { closed } from '../closed.ts';
import { fromAddressSchema } from '../from-address.ts';
import { idSchema } from '../ids.ts';

const { id: _, group, ...own } = fromAddressSchema.properties;

export const fromAddressViewSchema = closed({
  ...fromAddressSchema.properties,
  problem: Type.String({ description: 'Why it must not be used; empty if it may' }),
  usedBy: closed({
    routes: Type.Array(idSchema),
    flows: Type.Array(idSchema),
    agentsOf: closed(
      { routes: Type.Array(idSchema), queues: Type.Array(idSchema) },
      { description: 'Whose mails agents may answer from it, since they name its group' },
    ),
  }),
});
export const fromAddressesSchema = closed({ items: Type.Array(fromAddressViewSchema) });
export const fromAddressBodySchema = closed({ id: Type.Optional(idSchema), ...own, group });
export const fromAddressChangeSchema = closed({
  address: Type.Optional(own.address),
  name: Type.Optional(own.name),
  group: Type.Optional(Type.String({ maxLength: 60 })),
});

export type FromAddressBody = Type.Static<typeof fromAddressBodySchema>;
export type FromAddressChange = Type.Static<typeof fromAddressChangeSchema>;
export type FromAddressView = Type.Static<typeof fromAddressViewSchema>;
