import createDOMPurify from 'dompurify';

interface CleanMail {
  /** A whole document for a sandboxed frame. */
  document: string;
  /** Pictures and other things that the mail wanted from the network. */
  blocked: number;
}

/** Attributes through which a mail loads things just by being looked at: what tells a sender that it was read. */
const loadingAttributes = new Set(['src', 'srcset', 'background', 'poster', 'xlink:href']);
const cssUrl = /url\(\s*(?:"[^"]*"|'[^']*'|[^)]*)\s*\)|@import[^;]*;?/gi;

/** The frame's own policy: even what the cleaning overlooked can neither run nor fetch. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/**
 * Mail HTML made harmless. Three walls, each enough alone: DOMPurify takes scripts and forms out, the policy of the frame forbids
 * scripts and requests, and the sandbox has no scripts and no origin.
 */
export function cleanMailHtml(html: string): CleanMail {
  let blocked = 0;
  // One for each call: hooks stay on an instance.
  const purify = createDOMPurify(window);
  const withoutUrls = (css: string): string =>
    css.replace(cssUrl, (found) => {
      if (/^url\(\s*["']?data:image\//i.test(found)) return found;
      blocked += 1;
      return 'none';
    });

  purify.addHook('uponSanitizeAttribute', (_element, attribute) => {
    if (loadingAttributes.has(attribute.attrName) && !/^data:image\//i.test(attribute.attrValue.trim())) {
      blocked += 1;
      attribute.keepAttr = false;
    }
    if (attribute.attrName === 'style') attribute.attrValue = withoutUrls(attribute.attrValue);
  });
  purify.addHook('uponSanitizeElement', (element, { tagName }) => {
    if (tagName === 'style' && element.textContent) element.textContent = withoutUrls(element.textContent);
  });
  purify.addHook('afterSanitizeAttributes', (element) => {
    if (element.tagName !== 'A' && element.tagName !== 'AREA') return;
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener noreferrer nofollow');
  });

  const body = purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['form', 'input', 'button', 'select', 'textarea', 'option', 'audio', 'video', 'source', 'dialog'],
    // Keeps <style> at the top of a body, which mail programs put there.
    FORCE_BODY: true,
    WHOLE_DOCUMENT: false,
  });
  return {
    blocked,
    document: `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><style>body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#111;overflow-wrap:anywhere}img{max-width:100%}</style>${body}`,
  };
}
