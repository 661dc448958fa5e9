import Type from 'typebox';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** Open to what Microsoft may add: only what is read here is named. */
export const graphNotificationsSchema = Type.Object({
  value: Type.Optional(
    Type.Array(
      Type.Object({
        clientState: text(255),
        /** The id of the message stands in it. */
        resourceData: Type.Optional(Type.Object({ id: text(2_000) })),
        lifecycleEvent: text(100),
      }),
      { maxItems: 1_000 },
    ),
  ),
});

/** While a subscription is made Microsoft asks whether somebody listens, and wants the token back. */
export const graphHandshakeSchema = Type.Object({ validationToken: text(8_000) });
