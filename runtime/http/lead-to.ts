import type { MediaReply } from './route.ts';

/** A page rather than a redirect: the session's cookie travels only with what our own pages ask for. */
export function leadTo(path: string, cookies: string[] = []): MediaReply {
  const safe = path.replace(/[&"'<>]/g, (each) => `&#${each.charCodeAt(0)};`);
  const content = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${safe}"><title>Sluice</title><p><a href="${safe}">Back to Sluice</a></p>`;
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
    },
    content,
  };
}
