import Type from 'typebox';

/** An object that accepts its named properties and no others: a misspelt key in a flow file is an issue, not a silent default. */
export function closed<P extends Type.TProperties>(properties: P, options: Type.TObjectOptions = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}
