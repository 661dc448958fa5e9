export interface WrittenMail {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** Marked as the answer of a machine. */
  isAutomatic: boolean;
}

/** A mail in its source form (RFC 5322), with what was typed encoded so that it cannot break out of its header. */
export function mailSource({ from, to, subject, text, isAutomatic }: WrittenMail): string {
  const headers = [
    `From: ${oneLine(from)}`,
    `To: ${oneLine(to)}`,
    `Subject: ${encodedWord(subject)}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <try-${crypto.randomUUID()}@demo.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...(isAutomatic ? ['Auto-Submitted: auto-replied'] : []),
  ];
  return `${headers.join('\r\n')}\r\n\r\n${text.replaceAll(/\r?\n/g, '\r\n')}\r\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}

/** Plain text as it is; anything else as RFC 2047 words of at most 45 bytes, which are 60 characters in base64. */
function encodedWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let word = '';
  for (const character of oneLine(text)) {
    if (new TextEncoder().encode(word + character).length > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?utf-8?B?${base64(new TextEncoder().encode(part))}?=`).join('\r\n ');
}

/** Bytes as base64; large files too, which would be too many arguments at once. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
