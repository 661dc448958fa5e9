const nowhere = 'http://sluice.invalid';

/** Where to go on after a sign-in: a page of ours as a path, whatever was asked for. Nothing of another host, nothing of the API. */
export function ownPath(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith('/')) return '/';
  const url = URL.parse(asked, nowhere);
  if (url === null || url.origin !== nowhere || url.pathname.startsWith('//') || url.pathname.startsWith('/api/'))
    return '/';
  return url.pathname + url.search + url.hash;
}

/** The same page, told what went wrong. */
export function withProblem(path: string, problem: string): string {
  const url = new URL(path, nowhere);
  url.searchParams.set('sign-in-problem', problem);
  return url.pathname + url.search + url.hash;
}
