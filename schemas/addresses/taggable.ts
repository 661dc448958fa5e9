/** Before the @ stand 64 characters at most (RFC 5321 section 4.5.3.1.1); a token has 43, and a plus before it. */
export const maxTaggableLocal = 64 - 44;

/** Whether a signed tag can be put into an address, so that what is sent there still takes the way of the plain address. */
export function isTaggable(address: string): boolean {
  const local = address.slice(0, address.lastIndexOf('@'));
  return local.length > 0 && local.length <= maxTaggableLocal && !local.includes('+') && !address.includes('*');
}
