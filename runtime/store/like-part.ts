/** What a text must be `like`, with `escape '\'`, to hold the given one: no sign in it stands for others. */
export function likePart(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
