import type { Express } from 'express';
import { type LinkState, linkState } from '../filters/challenges.ts';
import type { Services } from './services.ts';

/** 32 random bytes, base64url. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * The page behind the link that asks a stranger whether they wrote a mail. Opening it changes nothing, since mail scanners open every link; only the
 * button confirms. The token is all the authority there is: it is known to whoever reads the sender's mail, and no other site can make a
 * browser send it.
 */
export function registerConfirmPage(app: Express, services: Pick<Services, 'store' | 'intake' | 'clock'>): void {
  const stateOf = (token: string): Promise<LinkState> =>
    tokenPattern.test(token)
      ? linkState(services.store.read, token, services.clock.now())
      : Promise.resolve({ state: 'unknown', address: '' });

  app.get('/confirm/:token', async (request, response) => {
    const { state } = await stateOf(request.params.token);
    response
      .status(state === 'unknown' ? 404 : 200)
      .set('Cache-Control', 'no-store')
      .set('X-Robots-Tag', 'noindex')
      .type('html')
      .send(pageOf(state));
  });
  app.post('/confirm/:token', async (request, response) => {
    const { token } = request.params;
    if (tokenPattern.test(token)) await services.intake.confirmSender(token);
    const { state } = await stateOf(token);
    response
      .status(state === 'unknown' ? 404 : 200)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(pageOf(state));
  });
}

const pages: Record<LinkState['state'], { title: string; text: string; button?: string }> = {
  open: {
    title: 'Did you write to us?',
    text: 'We received a mail from your address. Press the button, and it reaches the people it was written to. If you did not write it, close this page: nothing more happens.',
    button: 'Yes, I wrote it',
  },
  confirmed: { title: 'Thank you', text: 'Your mail is on its way. Nobody asks again for later mails.' },
  expired: { title: 'This link has expired', text: 'Please write again, and you get a new one.' },
  unknown: { title: 'This link does not work', text: 'Please check that you opened all of it.' },
};

/** Of fixed texts alone: nothing that a stranger chose stands in it. */
function pageOf(state: LinkState['state']): string {
  const { title, text, button } = pages[state];
  const form = button === undefined ? '' : `<form method="post"><button>${button}</button></form>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title><style>${style}</style><main><h1>${title}</h1><p>${text}</p>${form}</main></html>`;
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f6f8fa,#101418);color:light-dark(#1f2933,#e4e9ee)}
main{box-sizing:border-box;width:min(28rem,92vw);padding:2rem;border:1px solid light-dark(#d8dee4,#2c343c);border-radius:12px;background:light-dark(#fff,#171c21)}
h1{margin:0 0 .75rem;font-size:1.25rem}p{margin:0 0 1.25rem}
button{font:inherit;font-weight:600;padding:.6rem 1.1rem;border:0;border-radius:8px;background:#0b6b78;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #4fb3c1;outline-offset:2px}`;
