import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RequestHandler } from 'express';
import express from 'express';

const missing = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice</title>
<h1>The designer is not built yet</h1><p>The server runs, and its interface answers under <code>/api</code>.
Run <code>npm run build</code> in the folder of Sluice, then load this page again.</p></html>`;

/**
 * The built designer. Files under assets/ carry a hash of their content in their name and never change; the page itself is asked for anew
 * each time. Every other address is one of the page's own, so it gets the page.
 */
export function createStaticFiles(folder: string): RequestHandler[] {
  const root = resolve(folder);
  const page = join(root, 'index.html');
  const files = express.static(root, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      const hashed = path.startsWith(join(root, 'assets'));
      response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return [
    files,
    (request, response, next) => {
      const isPage = request.accepts(['html', 'json']) === 'html' && !request.path.startsWith('/assets/');
      if (!['GET', 'HEAD'].includes(request.method) || !isPage) next();
      else if (existsSync(page)) response.set('Cache-Control', 'no-cache').sendFile('index.html', { root });
      else response.status(503).set('Cache-Control', 'no-store').type('html').send(missing);
    },
  ];
}
