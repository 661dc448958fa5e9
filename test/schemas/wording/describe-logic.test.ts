import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeLogic, describeValue } from '../../../schemas/wording/describe-logic.ts';

const sentences: [unknown, string][] = [
  [{ contains: [{ var: 'email.subject' }, '[URGENT]'] }, 'subject contains “[URGENT]”'],
  [{ '!': [{ contains: [{ var: 'email.subject' }, 'a'] }] }, 'subject does not contain “a”'],
  [{ var: 'email.isAutoReply' }, 'is an automatic reply'],
  [{ '!': { var: 'email.isAutoReply' } }, 'is not an automatic reply'],
  [{ 'in-list': [{ var: 'email.from.domain' }, ['a', 'b', 'c', 'd']] }, 'sender domain is one of 4 values'],
  [
    { and: [{ var: 'flow.known' }, { or: [{ '>': [{ var: 'email.size' }, 10] }, true] }] },
    'known and (size in bytes > 10 or yes)',
  ],
  [{ 'has-header': ['x-ticket'] }, 'header x-ticket is there'],
  [{ '!': [{ 'has-header': ['x-ticket'] }] }, 'header x-ticket is not there'],
  [
    { some: [{ var: 'email.attachments' }, { 'ends-with': [{ var: 'name' }, '.pdf'] }] },
    'an attachment’s name ends with “.pdf”',
  ],
  [{ 'is-set': [{ var: 'flow.category' }] }, 'category is set'],
  [{ and: [] }, 'no condition yet'],
  ['billing', '“billing”'],
];

describe('a rule as a sentence', () => {
  it.each(sentences)('%j', (logic, sentence) => {
    expect(describeLogic(logic)).toBe(sentence);
  });

  it('never fails, whatever stands in the document', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        expect(describeLogic(value)).toEqual(expect.any(String));
      }),
    );
  });
});

it('shortens values that are longer than a glance', () => {
  expect(describeValue('x'.repeat(500)).length).toBeLessThan(70);
  expect(describeValue(null)).toBe('nothing');
  expect(describeValue([])).toBe('an empty list');
});
