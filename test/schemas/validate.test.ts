import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { closed } from '../../schemas/closed.ts';
import { smtpSenderSchema } from '../../schemas/senders/smtp.ts';
import { afterTakingSchema } from '../../schemas/sources/after-taking.ts';
import { createValidator } from '../../schemas/validate.ts';

const schema = closed({
  name: Type.String({ minLength: 2 }),
  outbound: Type.Union([smtpSenderSchema, Type.Null()]),
});

describe('createValidator', () => {
  it('hands back what it accepts as it came', () => {
    const value = { name: 'ab', outbound: null };

    const validated = createValidator(schema)(value);

    expect(validated).toEqual({ ok: true, value });
  });

  it('says all that is wrong, and of a union only what is wrong in the branch that was meant', () => {
    const outbound = { hots: 'mail.test', port: 25, security: 'none' };

    const validated = createValidator(schema)({ name: 'a', outbound });

    expect(validated).toEqual({
      ok: false,
      issues: [
        expect.objectContaining({ code: 'wrong-value', path: '/name' }),
        { code: 'missing-property', severity: 'error', path: '/outbound', message: 'The property "host" is missing.' },
        {
          code: 'unknown-property',
          severity: 'error',
          path: '/outbound/hots',
          message: 'There is no property "hots" here; did you mean "host"?',
        },
      ],
    });
  });

  it('of a union that nothing fits says what would', () => {
    const validated = createValidator(schema)({ name: 'ab', outbound: 5 });

    expect(validated).toMatchObject({
      issues: [{ code: 'wrong-value', path: '/outbound', message: '"outbound" must be an object or null.' }],
    });
  });

  it.each([
    [{ action: 'move' }, 'The property "folder" is missing.'],
    [{ action: 'move', folder: '' }, '"folder" must not be empty.'],
    [{ action: 'delete', folder: 'Done' }, 'There is no property "folder" here; there are "action".'],
    [{ action: 'archive' }, '"action" must be "mark-read" or "move" or "delete".'],
    [{}, 'The property "action" is missing.'],
    ['move', '"afterTaking" must be an object.'],
  ])('of branches that a property tells apart only the one that is meant: %j', (afterTaking, message) => {
    const validated = createValidator(closed({ afterTaking: afterTakingSchema }))({ afterTaking });

    expect(validated).toMatchObject({ ok: false, issues: [{ message }] });
  });
});
