/** What Windows takes for a device, whatever its ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const maxCharacters = 120;

/**
 * The name under which an attachment is offered for saving. A stranger chose it: no path, nothing that ends a header, nothing invisible,
 * nothing that turns the reading direction around, no hidden file, no device.
 */
export function safeFileName(name: string, otherwise: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '')
    .replace(/[<>:"|?*;%]+/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (visible === '') return otherwise;
  const characters = Array.from(devices.test(visible) ? `_${visible}` : visible);
  if (characters.length <= maxCharacters) return characters.join('');
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(visible)?.[0] ?? '';
  return characters.slice(0, maxCharacters - ending.length).join('') + ending;
}
