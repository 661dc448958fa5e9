import { describe, expect, it } from 'vitest';
import { readHead } from '../../runtime/mail/read-head.ts';

describe('the head of a mail that cannot be parsed', () => {
  it('says who wrote, and about what', () => {
    const mail = 'From: =?utf-8?q?J=C3=B6rg?= <joerg@example.test>\r\nSubject: =?utf-8?b?w5xiZXI=?=\r\n\r\nbroken';

    const head = readHead(Buffer.from(mail));

    expect(head).toEqual({
      subject: 'Über',
      from: { address: 'joerg@example.test', name: 'Jörg', domain: 'example.test' },
    });
  });

  it('is empty, not an error, where nothing can be read', () => {
    expect(readHead(Buffer.from([0, 1, 2, 255])).from.address).toBe('');
    expect(readHead(new Uint8Array()).subject).toBe('');
  });

  it('looks no further than a bounded start', () => {
    const mail = Buffer.concat([
      Buffer.from('X-Long: '),
      Buffer.alloc(20_000_000, 'x'),
      Buffer.from('\r\nSubject: late\r\n\r\n'),
    ]);

    expect(readHead(mail).subject).toBe('');
  });
});
