import { describe, expect, it } from 'vitest';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import type { Logic } from '../../schemas/logic.ts';
import type { Schedule } from '../../schemas/schedule.ts';
import { scopeOf } from './scope.ts';

const everyDay = [{ from: '09:00', to: '17:00' }];
const office: Schedule = {
  id: 'office',
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  weekly: {
    monday: everyDay,
    tuesday: everyDay,
    wednesday: everyDay,
    thursday: everyDay,
    friday: everyDay,
    saturday: everyDay,
    sunday: everyDay,
  },
  dates: [],
};
/** Has just closed at the moment of the run. */
const night: Schedule = {
  ...office,
  id: 'night',
  weekly: { ...office.weekly, saturday: [{ from: '00:00', to: '09:00' }] },
};
const vip = [
  'Ann@Customer.test',
  'example.test',
  ...Array.from({ length: 9_998 }, (_, index) => `vip${index}@acme.test`),
];
const expressions = createExpressions({
  list: (id) => (id === 'vip' ? vip : undefined),
  schedule: (id) => [office, night].find((each) => each.id === id),
});
const evaluate = (rule: Logic, changes = {}) => expressions.evaluate(rule, scopeOf(changes));

describe('lists and schedules in rules', () => {
  it.each<[string, Logic, unknown]>([
    ['a value in a named list, whatever its case', { 'in-list': ['VIP77@acme.TEST', { list: 'vip' }] }, true],
    ['a domain in a named list', { 'in-list': [{ var: 'email.from' }, { list: ['vip'] }] }, true],
    ['a value that is not in it', { 'in-list': ['nobody@acme.test', { list: 'vip' }] }, false],
    ['a text that contains one of several', { contains: [{ var: 'email.subject' }, ['invoice', 'ORDER']] }, true],
    ['a text that contains none of several', { contains: [{ var: 'email.subject' }, ['invoice', '']] }, false],
    ['a text that begins with one of several', { 'starts-with': [{ var: 'email.subject' }, ['why', 'where']] }, true],
    [
      'the length of a list',
      { '>': [{ reduce: [{ list: 'vip' }, { '+': [{ var: 'accumulator' }, 1] }, 0] }, 9_999] },
      true,
    ],
    // The run of the scope is at 09:00:02 in Berlin, on a Saturday.
    ['a moment within a schedule', { 'within-schedule': ['office'] }, true],
    ['a moment outside of a schedule', { 'within-schedule': ['night'] }, false],
    ['a moment counted from the run', { 'from-now': [-3, 'days'] }, '2026-11-18T08:00:02.000Z'],
    ['two moments', { '>': [{ var: 'system.now' }, { 'from-now': [-1, 'minutes'] }] }, true],
  ])('%s', (_words, rule, expected) => {
    expect(evaluate(rule)).toBe(expected);
  });

  it.each<[string, Logic, string]>([
    ['a list that there is not', { 'in-list': ['x', { list: 'gone' }] }, 'unknown-list'],
    ['a schedule that there is not', { '!': [{ 'within-schedule': ['gone'] }] }, 'unknown-schedule'],
    ['a unit that there is not', { 'from-now': [1, 'moons'] }, 'wrong-operand'],
    ['a moment beyond all dates', { 'from-now': [1e15, 'weeks'] }, 'wrong-operand'],
  ])('fails on %s, and never says no', (_words, rule, code) => {
    expect(() => evaluate(rule)).toThrow(expect.objectContaining({ code }));
  });

  it('keeps no more of a long list in the trace than a person reads', () => {
    const { trace } = expressions.decide({ 'in-list': ['x', { list: 'vip' }] }, scopeOf());

    expect(trace.parts).toMatchObject([{ rule: { list: 'vip' }, value: expect.objectContaining({ length: 21 }) }]);
  });
});
