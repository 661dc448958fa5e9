/** Windows' numbers of charsets that have no name of the form that a decoder knows. */
const labels: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  20127: 'windows-1252',
  20866: 'koi8-r',
  20932: 'euc-jp',
  21866: 'koi8-u',
  50220: 'iso-2022-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** Text in a Windows code page; what is unknown or wrong is read as Windows-1252, as text is better than none. */
export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  const windows = codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : undefined;
  const iso = codePage >= 28591 && codePage <= 28606 ? `iso-8859-${codePage - 28590}` : undefined;
  const label = labels[codePage] ?? windows ?? iso ?? 'windows-1252';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes); // numbers within the span of ISO 8859 that were never given away
  }
}
