export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  text: string;
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the API documents, and fail where they are wrong about it
  json: any;
}
