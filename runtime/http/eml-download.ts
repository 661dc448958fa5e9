import type { MediaReply } from './route.ts';

/** A mail as a file named after its id, of which only letters and digits reach the header. */
export function emlDownload(id: string, content: Uint8Array): MediaReply {
  const name = `${id.replace(/[^A-Za-z0-9]/g, '')}.eml`;
  return {
    headers: { 'Content-Type': 'message/rfc822', 'Content-Disposition': `attachment; filename="${name}"` },
    content,
  };
}
