import { describe, expect, it } from 'vitest';
import { matching } from '../../../designer/commands/choice.ts';
import { allCommands } from '../../../designer/commands/command-table.ts';
import { isShortcut } from '../../../designer/commands/shortcut.ts';

const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  code: `Key${key.toUpperCase()}`,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('the table of commands', () => {
  it('gives no key to two commands', () => {
    const keys = allCommands().flatMap(([, command]) => command.keys?.map((key) => key.toLowerCase()) ?? []);

    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('gives no name to two commands', () => {
    const titles = allCommands().map(([, { title }]) => title);

    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('keys', () => {
  it.each([
    ['mod+Z', press('z', { ctrlKey: true }), true],
    ['mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
    ['mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
    ['C', press('c'), true],
    ['C', press('c', { ctrlKey: true }), false],
    ['C', press('C', { shiftKey: true }), false],
    ['?', press('?', { shiftKey: true }), true],
    ['/', press('/'), true],
    ['Shift+ArrowUp', press('ArrowUp', { shiftKey: true }), true],
    ['Shift+ArrowUp', press('ArrowUp'), false],
    ['ArrowUp', press('ArrowUp', { shiftKey: true }), false],
    ['Shift+Alt+ArrowUp', press('ArrowUp', { shiftKey: true, altKey: true }), true],
    ['Alt+A', { ...press('å', { altKey: true }), code: 'KeyA' }, true],
    ['Space', press(' '), true],
    ['Plus', press('+', { shiftKey: true }), true],
  ])('%s means %j: %s', (name, event, means) => {
    expect(isShortcut(event, name)).toBe(means);
  });
});

describe('choosing by typing', () => {
  const items = [
    { id: 'arrange', title: 'Arrange the cards', keywords: 'auto layout tidy' },
    { id: 'align', title: 'Align left' },
    { id: 'publish', title: 'Publish' },
  ];

  it('shows everything in the order of the list while nothing is typed', () => {
    expect(matching(items, ' ').map(({ id }) => id)).toEqual(['arrange', 'align', 'publish']);
  });

  it('finds by letters in their order and by keywords, and nothing by what is not there', () => {
    expect(matching(items, 'alft').map(({ id }) => id)).toContain('align');
    expect(matching(items, 'layout').map(({ id }) => id)[0]).toBe('arrange');
    expect(matching(items, 'xyzzy')).toEqual([]);
  });
});
