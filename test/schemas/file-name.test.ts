import { expect, test } from 'vitest';
import { safeFileName } from '../../schemas/file-name.ts';

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\win.ini', 'win.ini'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\r\nSet-Cookie: x=1', 'aSet-Cookie_ x=1'],
  ['.htaccess', 'htaccess'],
  ['con.txt', '_con.txt'],
  ['a"b<c>|d?.txt', 'a_b_c_d_.txt'],
  ['name.exe. . ', 'name.exe'],
  ['Übersicht 報告.xlsx', 'Übersicht 報告.xlsx'],
  ['\u0000\u200b', 'attachment-1'],
  ['', 'attachment-1'],
])('the name %j is offered as %j', (name, expected) => {
  expect(safeFileName(name, 'attachment-1')).toBe(expected);
});

test('a long name keeps its ending', () => {
  const name = safeFileName(`${'x'.repeat(500)}.pdf`, 'attachment-1');

  expect(name).toHaveLength(120);
  expect(name.endsWith('x.pdf')).toBe(true);
});
