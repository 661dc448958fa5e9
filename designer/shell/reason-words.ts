/** A reason as people read it: without the stable code that scripts go by, which the server puts first. */
export function reasonWords(reason: string): string {
  return reason.replace(/^(unexpected|[a-z]+(-[a-z]+)+): /, '');
}
