import createDOMPurify from 'dompurify';
import { cleanCss } from './clean-css.ts';

/** Pictures by the address that a mail names them by, as `data:` addresses. */
export type Pictures = ReadonlyMap<string, string>;

interface CleanMail {
  /** A whole document for a sandboxed frame. */
  document: string;
  /** Pictures and other things that the mail wanted from the network. */
  blocked: number;
  /** It shows pictures that are parts of the mail itself, and not among those given. */
  lacksInline: boolean;
}

/** Attributes through which a mail loads things just by being looked at: what tells a sender that it was read. */
const loadingAttributes = new Set(['src', 'srcset', 'background', 'poster', 'xlink:href', 'lowsrc', 'dynsrc']);

/** What the frame may do: open a link in a tab of its own. No scripts, no origin, no forms, no way out to the page around it. */
export const frameSandbox = 'allow-popups allow-popups-to-escape-sandbox';

/** The frame's own policy: even what the cleaning overlooked can neither run nor fetch. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

const look =
  'body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#111;overflow-wrap:anywhere}img{max-width:100%}';

/**
 * Mail HTML made harmless. Two walls, each enough alone: DOMPurify takes scripts and forms out; the frame has a policy that forbids scripts
 * and requests, and a sandbox that has no scripts and no origin, and follows no refresh.
 */
export function cleanMailHtml(html: string, pictures: Pictures = new Map()): CleanMail {
  let blocked = 0;
  let lacksInline = false;
  // One for each call: hooks stay on an instance.
  const purify = createDOMPurify(window);
  const pictureAt = (address: string): string | null => {
    if (/^data:image\/(png|jpe?g|gif|webp|bmp|avif)[;,]/i.test(address)) return address;
    const isInline = /^cid:/i.test(address);
    const known = pictures.get(isInline ? inlineKey(address) : (URL.parse(address)?.href ?? ''));
    if (isInline && known === undefined) lacksInline = true;
    return known ?? null;
  };
  const css = { pictureAt, onBlocked: () => (blocked += 1) };

  purify.addHook('uponSanitizeAttribute', (_element, attribute) => {
    const { attrName, attrValue } = attribute;
    if (loadingAttributes.has(attrName)) {
      const picture = attrName === 'srcset' ? null : pictureAt(attrValue.trim());
      if (picture === null && !/^cid:/i.test(attrValue.trim())) blocked += 1;
      if (picture === null) attribute.keepAttr = false;
      else attribute.attrValue = picture;
    }
    if (attrName === 'style') attribute.attrValue = cleanCss(attrValue, css);
  });
  purify.addHook('uponSanitizeElement', (element, { tagName }) => {
    if (tagName === 'style' && element.textContent) element.textContent = cleanCss(element.textContent, css);
  });
  purify.addHook('afterSanitizeAttributes', (element) => {
    if (element.tagName !== 'A' && element.tagName !== 'AREA') return;
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener noreferrer nofollow');
    const target = element.getAttribute('href') ?? '';
    // A relative address would lead into the designer itself.
    if (!/^(https?:|mailto:|tel:|#)/i.test(target)) element.removeAttribute('href');
    // Whatever the text of a link promises: this is where it leads.
    else element.setAttribute('title', target);
  });

  const body = purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      ...['form', 'input', 'button', 'select', 'textarea', 'option', 'optgroup', 'datalist', 'output', 'fieldset'],
      ...['audio', 'video', 'source', 'track', 'picture', 'dialog', 'template', 'slot', 'noscript', 'marquee'],
    ],
    // Nothing of the mail may go by a name that a script would look for.
    SANITIZE_NAMED_PROPS: true,
    ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // Keeps <style> at the top of a body, which mail programs put there.
    FORCE_BODY: true,
    WHOLE_DOCUMENT: false,
  });
  return { blocked, lacksInline, document: frameDocument(body) };
}

/** By which an inline picture is found in `Pictures`: `cid:` and the Content-ID, decoded (RFC 2392). */
export function inlineKey(address: string): string {
  const id = address.replace(/^cid:/i, '');
  try {
    return `cid:${decodeURIComponent(id)}`;
  } catch {
    return `cid:${id}`;
  }
}

export function frameDocument(body: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><style>${look}</style>${body}`;
}
