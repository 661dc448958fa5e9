declare module 'punycode.js' {
  interface Punycode {
    /** Labels that begin with `xn--` as they read; throws RangeError where one is broken. */
    toUnicode(domain: string): string;
  }
  const punycode: Punycode;
  export default punycode;
}
