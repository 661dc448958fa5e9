interface CssCleaner {
  /** What stands in place of a picture from elsewhere; null where nothing may. */
  pictureAt(address: string): string | null;
  /** Told of each thing that was to be loaded and is not. */
  onBlocked(): void;
}

const loads = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))\s*\)|@import[^;]*;?/gi;
/** Ways to name an address without `url()`, and old ways to run a script. */
const otherLoads =
  /image-set\s*\(|cross-fade\s*\(|\bsrc\s*\(|\belement\s*\(|expression\s*\(|-moz-binding|behavior\s*:/i;

/** Takes out of CSS whatever loads something. */
export function cleanCss(css: string, { pictureAt, onBlocked }: CssCleaner): string {
  const plain = css.replace(/\/\*[\s\S]*?(\*\/|$)/g, '');
  // An address may hide behind escapes (`u\72l(`), which no honest mail needs.
  const readable = plain.replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (_, code: string | undefined, same: string) =>
    code === undefined ? same : codePoint(code),
  );
  if (otherLoads.test(readable) || (readable !== plain && loads.test(readable))) {
    loads.lastIndex = 0;
    onBlocked();
    return '';
  }
  const cleaned = plain.replace(loads, (_, double?: string, single?: string, bare?: string) => {
    const picture = pictureAt((double ?? single ?? bare ?? '').trim());
    if (picture !== null) return `url("${picture}")`;
    onBlocked();
    return 'none';
  });
  if (!leftOpen.test(cleaned.replace(/url\("data:[^"]*"\)/g, ''))) return cleaned;
  onBlocked();
  return '';
}

/** One that never ends is ended by the browser, and loaded. */
const leftOpen = /url\s*\(|@import/i;

function codePoint(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
