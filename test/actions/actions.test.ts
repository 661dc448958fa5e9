import { describe, expect, it } from 'vitest';
import { executors } from '../../runtime/actions/index.ts';
import type { ExecutorContext, HttpRequest, HttpResponse } from '../../runtime/engine/ports.ts';
import { createVariables } from '../../runtime/engine/variables.ts';
import type { SettingsOf } from '../../schemas/actions/index.ts';
import { actionTypes } from '../../schemas/actions/index.ts';
import type { Email } from '../../schemas/email.ts';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import { createValidator } from '../../schemas/validate.ts';
import type { Variable } from '../../schemas/variable.ts';
import { scopeOf } from '../conditions/scope.ts';
import { realPorts } from '../engine/given.ts';

describe('every action type', () => {
  it.each(Object.values(actionTypes))('$type has an executor, and defaults that fit its settings', (actionType) => {
    expect(executors[actionType.type]).toBeTypeOf('function');
    expect(createValidator(actionType.settings)(actionType.defaults)).toMatchObject({ ok: true });
  });
});

describe('switch', () => {
  it('takes the first case that holds and evaluates none behind it', async () => {
    const cases: SettingsOf<'switch'>['cases'] = [
      { outcome: 'a', condition: { equals: ['x', 'y'] } },
      { outcome: 'b', condition: true },
      { outcome: 'c', condition: { 'within-schedule': 'x' } },
    ];

    const result = await executors.switch({ cases }, contextOf());

    expect(result).toMatchObject({ outcome: 'b', detail: { conditions: [{ outcome: 'a' }, { outcome: 'b' }] } });
  });
});

describe('update-data', () => {
  it('lets a later assignment see the earlier ones, and changes nothing itself', async () => {
    const context = contextOf({}, [
      { name: 'count', type: 'number' },
      { name: 'text', type: 'string' },
    ]);
    const assignments: SettingsOf<'update-data'>['assignments'] = [
      { variable: 'count', value: { '+': [{ var: 'flow.count' }, 2] } },
      { variable: 'text', value: { cat: ['n=', { var: 'flow.count' }] } },
    ];

    const result = await executors['update-data']({ assignments }, context);

    expect(result).toMatchObject({ outcome: 'done', variables: { count: 2, text: 'n=2' } });
    expect(context.scope.flow).toMatchObject({ count: 0, text: '' });
  });

  it.each<[Variable['type'], unknown, unknown]>([
    ['string', 12, '12'],
    ['string', null, ''],
    ['number', ' 4.5 ', 4.5],
    ['number', null, 0],
    ['boolean', 'true', true],
    ['date', '2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['date', '2026-01-31T10:00:00+01:00', '2026-01-31T09:00:00.000Z'],
    ['date', '', null],
    ['list', ['a'], ['a']],
    ['json', 'any', 'any'],
  ])('a %s takes %j as %j', (type, value, expected) => {
    const context = contextOf({}, [{ name: 'v', type }]);

    expect(context.coerce('v', value)).toEqual(expected);
  });

  it.each<[Variable['type'], unknown]>([
    ['string', ['a']],
    ['string', { a: 1 }],
    ['number', 'twelve'],
    ['number', ''],
    ['number', Number.NaN],
    ['boolean', 1],
    ['date', 'next week'],
    ['date', '2026-13-01'],
    ['list', 'a'],
    ['json', 'a'.repeat(1_000_001)],
  ])('a %s refuses %.20j', (type, value) => {
    const context = contextOf({}, [{ name: 'v', type }]);

    expect(() => context.coerce('v', value)).toThrow(expect.objectContaining({ code: 'wrong-variable-type' }));
  });
});

describe('auto-response', () => {
  it('lets no header grow out of a subject', async () => {
    const context = contextOf({ subject: `Hi\r\nBcc: all@victim.test\u0000 ${'x'.repeat(500)}` });

    const result = await executors['auto-response']({ subject: 'Re: {{ email.subject }}', body: 'b' }, context);

    const [effect] = 'effects' in result ? (result.effects ?? []) : [];
    expect(effect?.subject).toMatch(/^Re: Hi Bcc: all@victim\.test x+$/);
    expect(effect?.subject).toHaveLength(300);
  });

  it('answers the sender and nobody else, and says so where there is none', async () => {
    const replyTo = [{ address: 'other@victim.test', name: '', domain: 'victim.test' }];
    const settings = { subject: 's', body: 'b' };

    const answered = await executors['auto-response'](settings, contextOf({ replyTo }));
    const unknown = await executors['auto-response'](
      settings,
      contextOf({ from: { address: '', name: '', domain: '' } }),
    );

    expect(answered).toMatchObject({ effects: [{ to: 'jane@example.test', allowed: true, reason: '' }] });
    expect(unknown).toMatchObject({ effects: [{ to: '', allowed: false, reason: 'The mail names no sender' }] });
  });
});

describe('an auto-response in HTML', () => {
  const send = async (html: string, subject = 'Hi') => {
    const result = await executors['auto-response']({ subject: 's', body: 'b', html }, contextOf({ subject }));
    const [effect] = 'effects' in result ? (result.effects ?? []) : [];
    return effect?.html;
  };

  it('escapes what a mail brings', async () => {
    const html = await send('<p>You wrote “{{ email.subject }}”.</p>', '<img src=x onerror=alert(1)> & "more"');

    expect(html).toBe('<p>You wrote “&lt;img src=x onerror=alert(1)&gt; &amp; "more"”.</p>');
  });

  it.each([
    ['<p onclick="x()">a</p><script>alert(1)</script>', '<p>a</p>'],
    ['{{ email.subject | raw }}', 'Hi'],
    [
      '<a href="javascript:alert(1)">a</a><a href="https://demo.test/?a=1&amp;b">b</a>',
      '<a>a</a><a href="https://demo.test/?a=1&amp;b">b</a>',
    ],
    ['<form action="https://evil.test"><input name="password"></form>', ''],
    [
      '<img src="http://track.test/1.gif"><img src="https://demo.test/logo.png" alt="Logo">',
      '<img /><img src="https://demo.test/logo.png" alt="Logo" />',
    ],
    ['<p style="color:red;background:url(https://track.test)">a</p>', '<p style="color:red">a</p>'],
    ['<iframe srcdoc="x"></iframe><object data="x"></object><base href="//evil.test"><style>p{}</style>', ''],
    [
      '<table width="100%"><tr><td style="padding:4px 8px">a</td></tr></table>',
      '<table width="100%"><tr><td style="padding:4px 8px">a</td></tr></table>',
    ],
  ])('takes out what could run or track: %.60s', async (html, cleaned) => {
    expect(await send(html)).toBe(cleaned);
  });
});

describe('data-action', () => {
  const settings = {
    method: 'POST',
    url: 'https://service.test/{{ email.from.domain }}?key=secret',
    headers: [{ name: 'X-Subject', value: '{{ email.subject }}' }],
    body: { deep: ['{{ email.subject }}', 1, null], 'not {{ a }} template': true },
    response: [
      { variable: 'category', pointer: '/a/0' },
      { variable: 'missing', pointer: '/none' },
    ],
  } as const;
  const variables: Variable[] = [
    { name: 'category', type: 'string' },
    { name: 'missing', type: 'number' },
  ];
  const callable = { ...settings, headers: [...settings.headers], response: [...settings.response] };

  it('asks with rendered strings that cannot break out of their place, and keeps what it asked for', async () => {
    const asked: HttpRequest[] = [];
    const subject = '"}, {{ email.text }}';
    const http = async (request: HttpRequest): Promise<HttpResponse> => {
      asked.push(request);
      return { status: 201, headers: {}, body: '{"a":[7],"b":true}' };
    };

    const result = await executors['data-action'](callable, contextOf({ subject }, variables, http));

    expect(asked).toEqual([
      {
        from: { action: 'it' },
        method: 'POST',
        url: 'https://service.test/example.test?key=secret',
        headers: { 'x-subject': subject, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ deep: [subject, 1, null], 'not {{ a }} template': true }),
        timeoutMs: 5_000,
        maxResponseBytes: 1_048_576,
      },
    ]);
    expect(result).toMatchObject({
      outcome: 'success',
      variables: { category: '7', missing: 0 },
      detail: { request: { method: 'POST', url: 'https://service.test/example.test?…', status: 201 } },
    });
  });

  it.each<[string, string, () => Promise<HttpResponse>]>([
    ['timeout', 'no answer', () => Promise.reject(new OperationalError('http-timeout', 'no answer in time'))],
    ['failure', 'no answer', () => Promise.reject(new OperationalError('http-failed', 'no answer'))],
    ['failure', 'not allowed', () => Promise.reject(new UserError('address-refused', 'is not allowed'))],
    ['failure', 'status 302', async () => ({ status: 302, headers: {}, body: '' })],
    ['failure', 'is not JSON', async () => ({ status: 200, headers: {}, body: 'hello' })],
    ['failure', '"category" cannot take', async () => ({ status: 200, headers: {}, body: '{"a":[{}]}' })],
  ])('goes on by %s: %s', async (outcome, reason, http) => {
    const result = await executors['data-action'](callable, contextOf({}, variables, http));

    expect(result).toMatchObject({ outcome, detail: { reason: expect.stringContaining(reason) } });
    expect(result).not.toHaveProperty('variables');
  });

  it('refuses a header value with a line end in it', async () => {
    const context = contextOf({ subject: 'a\r\nAuthorization: b' }, variables);

    await expect(executors['data-action'](callable, context)).rejects.toMatchObject({ code: 'bad-header-value' });
  });

  it('lets an error of ours through: it is no failure of the service', async () => {
    const http = () => Promise.reject(new TypeError('broken'));

    await expect(executors['data-action'](callable, contextOf({}, variables, http))).rejects.toThrow('broken');
  });
});

function contextOf(email: Partial<Email> = {}, variables: Variable[] = [], http = realPorts().http): ExecutorContext {
  const { values, coerce } = createVariables(variables, 'The flow');
  return {
    action: { action: 'it' },
    running: null,
    scope: scopeOf(email, values),
    expressions: realPorts().expressions,
    http,
    coerce,
  };
}
