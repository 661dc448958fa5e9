/** Colours, sizes and places; nothing with a function in it, for `url()` loads and `expression()` ran. */
const plainValue = /^[^()\\]{0,200}$|^rgba?\([\d\s,.%]{1,40}\)$/;
const styles = [
  'background-color',
  'border',
  'border-bottom',
  'border-collapse',
  'border-color',
  'border-left',
  'border-radius',
  'border-right',
  'border-spacing',
  'border-style',
  'border-top',
  'border-width',
  'color',
  'display',
  'font',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'height',
  'letter-spacing',
  'line-height',
  'list-style-type',
  'margin',
  'margin-bottom',
  'margin-left',
  'margin-right',
  'margin-top',
  'max-width',
  'padding',
  'padding-bottom',
  'padding-left',
  'padding-right',
  'padding-top',
  'text-align',
  'text-decoration',
  'text-transform',
  'vertical-align',
  'white-space',
  'width',
];

/**
 * HTML as it may leave in a mail: no script, form, frame or handler, links to the web and to mail only, pictures by https only.
 * The flow's author wrote it, but a template can put a stranger's words into it unescaped.
 */
export async function cleanHtml(html: string): Promise<string> {
  // Large, and few flows answer in HTML: it is read when the first one does.
  const { default: sanitizeHtml } = await import('sanitize-html');
  return sanitizeHtml(html, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'center', 'font'],
    allowedAttributes: {
      '*': ['style', 'align', 'dir', 'lang', 'title'],
      a: ['href', 'name'],
      img: ['src', 'alt', 'width', 'height'],
      font: ['color', 'face', 'size'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor', 'role'],
      td: ['width', 'height', 'valign', 'bgcolor', 'colspan', 'rowspan'],
      th: ['width', 'height', 'valign', 'bgcolor', 'colspan', 'rowspan', 'scope'],
      tr: ['valign', 'bgcolor'],
    },
    allowedStyles: { '*': Object.fromEntries(styles.map((name) => [name, [plainValue]])) },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https'] },
    allowProtocolRelative: false,
    nestingLimit: 100,
  });
}
