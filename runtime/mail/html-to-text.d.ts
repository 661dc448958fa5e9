declare module 'html-to-text' {
  interface Options {
    wordwrap: false;
    limits: { maxDepth: number; maxChildNodes: number; ellipsis: string };
    selectors: { selector: string; format?: string; options?: Record<string, unknown> }[];
  }
  /** Builds a converter; cheap to call, dear to build. */
  export function compile(options: Options): (html: string) => string;
}
