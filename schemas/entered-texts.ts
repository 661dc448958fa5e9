import Type from 'typebox';

/** A host alone: what is pasted with its protocol or port would be looked up as a whole, and found nowhere. */
export const hostPattern = '^([^\\s/:@\\[\\]]+|[0-9A-Fa-f:.]+)$';
/** Begins somewhere with a certificate, or is empty. */
export const certificatePattern = '^$|-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----';
export const addressPattern = '^[^\\s@<>]+@[^\\s@<>]+$';
export const optionalAddressPattern = `^$|${addressPattern}`;

export const urlPattern = '^https?://[^\\s]+$';
export const dayPattern = '^\\d{4}-\\d{2}-\\d{2}$';
/** Of Microsoft: the id of a directory, or one of its domains. */
export const tenantPattern = '^[A-Za-z0-9.-]{1,200}$';

/** As a person enters it; what is stored already is taken as it stands. */
export const enteredAddressSchema = Type.String({ minLength: 3, maxLength: 320, pattern: addressPattern });
export const enteredHostSchema = Type.String({ minLength: 1, maxLength: 253, pattern: hostPattern });
/** PEM of a private authority; empty takes it away. */
export const enteredAuthoritySchema = Type.String({ maxLength: 100_000, pattern: certificatePattern });
