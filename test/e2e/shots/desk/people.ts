import type { APIRequestContext, BrowserContext } from 'playwright-core';
import type { Draft } from '../../../../schemas/api/flows.ts';
import type { Flow } from '../../../../schemas/flow.ts';

/** Somebody with a session: what the page could do, by calls. */
export interface Person {
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** Saves the person's own draft, on the version that is published now. */
  saveDraft(document: Flow): Promise<void>;
}

export interface Login {
  name: string;
  email: string;
  password: string;
}

/** Signs in; the cookie is the context's, whose pages are signed in, too. */
export async function signIn(context: BrowserContext, url: string, { email, password }: Login): Promise<Person> {
  const { request } = context;
  const call = callWith(request, url);
  await call('POST', '/api/session', { email, password });
  return {
    call,
    async saveDraft(document) {
      const { revision, baseVersion } = await call<Draft>('GET', `/api/flows/${document.id}/draft`);
      await call('PUT', `/api/flows/${document.id}/draft`, { document, revision, baseVersion });
    },
  };
}

function callWith(request: APIRequestContext, url: string): Person['call'] {
  return async <T>(method: string, path: string, body?: unknown) => {
    const answer = await request.fetch(url + path, {
      method,
      headers: { origin: url },
      ...(body === undefined ? {} : { data: body }),
    });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
    // The caller names the part of the contract that it reads.
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}
