/** How the pictures begin that every browser draws and none runs; SVG is a document, and not among them. */
const beginnings: readonly { type: string; at: number; bytes: string }[] = [
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/webp', at: 8, bytes: 'WEBPVP8' },
  { type: 'image/avif', at: 4, bytes: 'ftypavif' },
  { type: 'image/bmp', at: 0, bytes: 'BM' },
];

/** The media type by what the bytes are, whatever somebody calls them; null for what is no picture. */
export function pictureType(content: Uint8Array): string | null {
  const start = String.fromCharCode(...content.subarray(0, 16));
  return beginnings.find(({ at, bytes }) => start.startsWith(bytes, at))?.type ?? null;
}
