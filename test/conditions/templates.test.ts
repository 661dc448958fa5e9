import { describe, expect, it } from 'vitest';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import { UserError } from '../../schemas/errors.ts';
import { scopeOf } from './scope.ts';

const render = (template: string) => createExpressions().render(template, scopeOf());

describe('templates', () => {
  it.each([
    ['plain text', 'plain text'],
    ['Re: {{ interaction.email.subject }}', 'Re: Where is my order?'],
    ['{{ flow.category | upcase }}', 'BILLING'],
    ['{% for each in email.to %}{{ each.address }};{% endfor %}', 'support@demo.test;'],
    ["{{ email.headers['x-priority'] | first }}", '3'],
    ['[{{ email.nothing.at.all }}]', '[]'],
    ['[{{ email.constructor }}{{ email.__proto__ }}{{ email.subject.constructor }}]', '[]'],
    ['{{ "now" | date: "%Y-%m-%d %H:%M" }}', '2026-11-21 08:00'],
    ['{{ email.date | date: "%H:%M %z" }}', '08:00 +0000'],
  ])('%s', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it.each([
    ['{% include "/etc/passwd" %}', 'bad-template'],
    ['{% render "x" %}', 'bad-template'],
    ['{% layout "x" %}', 'bad-template'],
    ['{{ email.subject | nonsense }}', 'bad-template'],
    ['{{ email.to | sample }}', 'bad-template'],
    ['{% if email.subject %}', 'bad-template'],
    [`{{ "x" }}${'x'.repeat(100_000)}`, 'bad-template'],
    ['{% for i in (1..1000000000) %}x{% endfor %}', 'template-failed'],
    ['{% for i in (1..1000) %}{% for j in (1..1000) %}{{ email.text }}{% endfor %}{% endfor %}', 'template-failed'],
    ['{{ email.headers }}', 'template-failed'],
  ])('refuses %.60s', (template, code) => {
    expect(() => render(template)).toThrow(expect.objectContaining({ code, constructor: UserError }));
  });
});
