declare module 'libmime' {
  interface Libmime {
    /** Decodes RFC 2047 encoded words; an unknown charset decodes as well as it can. */
    decodeWords(text: string): string;
    /** Splits a structured header value; parameters come with RFC 2231 continuations joined. */
    parseHeaderValue(value: string): { value: string; params: Record<string, string> };
    /** The MIME type by the ending of a file name; `application/octet-stream` where the ending says nothing. */
    detectMimeType(name: string): string;
  }
  const libmime: Libmime;
  export default libmime;
}
