const recipientFields = /^(to|cc|bcc):/i;

/**
 * The mail with one recipient in its headers, for a way out that reads recipients there. Untouched where that is the only one already; else the
 * others are taken out, since each of them gets a mail of its own.
 */
export function onlyTo(raw: Uint8Array, to: string): Uint8Array {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = mail.indexOf('\r\n\r\n');
  if (end < 0) return raw;
  const fields = mail.toString('latin1', 0, end).split(/\r\n(?![ \t])/);
  const named = fields.filter((field) => recipientFields.test(field)).join(' ');
  const addresses = named.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? [];
  if (addresses.length === 1 && addresses[0]?.toLowerCase() === to.toLowerCase()) return raw;
  const kept = fields.filter((field) => !recipientFields.test(field)).map((field) => `${field}\r\n`);
  return Buffer.concat([Buffer.from(kept.join(''), 'latin1'), Buffer.from(`To: <${to}>`), mail.subarray(end)]);
}
