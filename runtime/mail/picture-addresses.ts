import { Parser } from 'htmlparser2';

/** `background` of tables, and `src` of pictures: what mail programs load when a mail is opened. */
const pictureAttributes: Readonly<Record<string, readonly string[]>> = {
  img: ['src'],
  input: ['src'],
  body: ['background'],
  table: ['background'],
  tr: ['background'],
  td: ['background'],
  th: ['background'],
};

const cssUrl = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)/gi;

/**
 * The http addresses of pictures in the HTML of a mail, each once, in order, at most `max`. Linear in the length of the HTML.
 */
export function pictureAddresses(html: string, max: number): string[] {
  const found = new Set<string>();
  let isInStyle = false;
  const take = (text: string | undefined) => {
    const url = URL.parse((text ?? '').trim());
    if (url !== null && /^https?:$/.test(url.protocol) && found.size < max) found.add(url.href);
  };
  const takeFromCss = (css: string) => {
    for (const [, double, single, bare] of css.matchAll(cssUrl)) take(double ?? single ?? bare);
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      isInStyle = name === 'style';
      for (const attribute of pictureAttributes[name] ?? []) take(attributes[attribute]);
      if (attributes.style !== undefined) takeFromCss(attributes.style);
    },
    ontext(text) {
      if (isInStyle) takeFromCss(text);
    },
    onclosetag() {
      isInStyle = false;
    },
  });
  parser.end(html);
  return [...found];
}
