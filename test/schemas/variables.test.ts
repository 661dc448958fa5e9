import { describe, expect, it } from 'vitest';
import type { Flow } from '../../schemas/flow.ts';
import { renameVariable } from '../../schemas/rename-variable.ts';
import { findVariables, renameInTemplate } from '../../schemas/template-variables.ts';
import { variableUses } from '../../schemas/variable-uses.ts';

const flow: Flow = {
  id: 'words',
  name: 'Words',
  type: 'inbound-email',
  variables: [
    { name: 'topic', type: 'string' },
    { name: 'topics', type: 'list' },
  ],
  fallback: { queue: 'general' },
  entry: 'ask',
  actions: {
    ask: {
      type: 'data-action',
      name: 'Ask',
      settings: {
        method: 'POST',
        url: 'https://a.test/{{ flow.topic }}',
        body: { deep: [{ topic: '{% if flow.topic == "flow.topic" %}{{flow["topic"]}}{% endif %}' }] },
        response: [{ variable: 'topic', pointer: '/topic' }],
      },
    },
    choose: {
      type: 'switch',
      name: 'Choose',
      settings: {
        cases: [
          { outcome: 'one', condition: { and: [{ var: 'flow.topic' }, { var: ['flow.topic.length', 0] }] } },
          { outcome: 'two', condition: { missing: ['flow.topics', 'flow.topic'] } },
          // Within an item, `flow.topic` is a part of the item.
          { outcome: 'three', condition: { some: [{ var: 'flow.topics' }, { var: 'flow.topic' }] } },
        ],
      },
    },
    set: {
      type: 'update-data',
      name: 'Set',
      settings: { assignments: [{ variable: 'topic', value: { cat: ['x', { var: 'flow.topic' }] } }] },
    },
    end: { type: 'disconnect', name: 'End', settings: {} },
  },
};

describe('the uses of a variable', () => {
  it('are every setting that reads or writes it', () => {
    const uses = variableUses(flow);

    const inWords = uses
      .get('topic')
      ?.map(({ action, setting, isWritten }) => `${action} ${setting} ${isWritten ? 'writes' : 'reads'}`);
    expect(inWords).toEqual([
      'ask url reads',
      'ask body reads',
      'ask response writes',
      'choose cases reads',
      'set assignments writes',
      'set assignments reads',
    ]);
    expect(uses.get('topics')).toHaveLength(1);
  });
});

describe('renaming a variable', () => {
  it('changes all of its uses, and nothing that is only called alike', () => {
    const renamed = renameVariable(flow, 'topic', 'subject');

    expect(renamed.variables?.map(({ name }) => name)).toEqual(['subject', 'topics']);
    expect(renamed.actions.ask?.settings).toEqual({
      method: 'POST',
      url: 'https://a.test/{{ flow.subject }}',
      body: { deep: [{ topic: '{% if flow.subject == "flow.topic" %}{{flow["subject"]}}{% endif %}' }] },
      response: [{ variable: 'subject', pointer: '/topic' }],
    });
    expect(renamed.actions.choose?.settings).toEqual({
      cases: [
        { outcome: 'one', condition: { and: [{ var: 'flow.subject' }, { var: ['flow.subject.length', 0] }] } },
        { outcome: 'two', condition: { missing: ['flow.topics', 'flow.subject'] } },
        { outcome: 'three', condition: { some: [{ var: 'flow.topics' }, { var: 'flow.topic' }] } },
      ],
    });
    expect(renamed.actions.set?.settings).toEqual({
      assignments: [{ variable: 'subject', value: { cat: ['x', { var: 'flow.subject' }] } }],
    });
    expect(renamed.actions.end).toBe(flow.actions.end);
  });

  it('and back gives the identical flow', () => {
    const back = renameVariable(renameVariable(flow, 'topic', 'subject'), 'subject', 'topic');

    expect(JSON.stringify(back)).toBe(JSON.stringify(flow));
  });

  it('of a name that nothing uses changes nothing', () => {
    expect(renameVariable(flow, 'other', 'else')).toBe(flow);
  });
});

describe('variables in a template', () => {
  it.each([
    ['{{flow.a}}', '{{flow.b}}'],
    ['{{- flow.a-}}', '{{- flow.b-}}'],
    ['{{ flow . a | append: flow.a }}', '{{ flow . b | append: flow.b }}'],
    ["{% assign x = flow['a'] %}", "{% assign x = flow['b'] %}"],
    ['{{ flow.ab }} {{ flow.a-c }} {{ my.flow.a }} {{ overflow.a }}', null],
    ['flow.a {{ "flow.a" }} {% raw %}{{ flow.a }}{% endraw %}', null],
    ['{{ flow.a', null],
  ])('%s', (template, renamed) => {
    expect(renameInTemplate(template, 'a', 'b')).toBe(renamed ?? template);
  });

  it('are found with their places', () => {
    const template = 'Dear {{ flow.name }}';

    const [found] = findVariables(template);

    expect(found).toEqual({ name: 'name', from: 13, to: 17 });
  });
});
