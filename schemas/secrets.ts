import Type from 'typebox';

/** A secret at rest: sealed by runtime/settings, opened only where it is used, never returned by the API. */
export const sealedSchema = Type.String({ pattern: '^sealed:v1:', description: 'AES-256-GCM, base64url' });
