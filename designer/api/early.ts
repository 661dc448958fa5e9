/** Answers that were asked for before anything was there to want them, by path. */
const asked = new Map<string, Promise<Response | null>>();

/**
 * Asks for what the page at this address is going to need, while its program is still on the way. At the beginning of a page only: what is
 * not taken at once would be old.
 */
export function askEarly(pathname: string): void {
  const flow = /^\/flows\/([^/]+)$/.exec(pathname)?.[1];
  for (const path of ['/api/session', ...(flow === undefined ? [] : [`/api/flows/${flow}/draft`])]) {
    asked.set(
      path,
      fetch(path).catch(() => null),
    );
  }
}

/** The answer to a GET, once; null where none was asked for, or where it is a refusal: by now the answer may be another. */
export async function takeEarly(path: string): Promise<Response | null> {
  const answer = asked.get(path);
  asked.delete(path);
  const response = (await answer) ?? null;
  return response?.ok ? response : null;
}
