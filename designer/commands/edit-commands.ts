import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconDeviceFloppy,
  IconSelectAll,
  IconTrash,
} from '@tabler/icons-react';
import { duplicateSelection } from '../state/clipboard.ts';
import { deleteActions } from '../state/commands/delete-actions.ts';
import { disconnectOutcomes } from '../state/commands/disconnect-outcome.ts';
import { openedSheet } from '../state/editor-store.ts';
import { copy, paste } from './clipboard-access.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';

export const editCommands = commandGroup('Edit', {
  undo: {
    title: 'Undo',
    icon: IconArrowBackUp,
    keys: ['mod+Z'],
    worksIn: 'fields',
    edits: true,
    when: ({ store }) => (store.getState().history.past.length === 0 ? 'There is nothing to undo.' : null),
    run: ({ store }) => store.getState().undo(),
  },
  redo: {
    title: 'Redo',
    icon: IconArrowForwardUp,
    keys: ['mod+Shift+Z', 'mod+Y'],
    worksIn: 'fields',
    edits: true,
    when: ({ store }) => (store.getState().history.future.length === 0 ? 'There is nothing to redo.' : null),
    run: ({ store }) => store.getState().redo(),
  },
  cut: {
    title: 'Cut',
    icon: IconCut,
    keys: ['mod+X'],
    isNative: true,
    edits: true,
    when: needsSelection,
    run: async (context) => {
      await copy(context.store);
      remove(context);
    },
  },
  copy: {
    title: 'Copy',
    icon: IconCopy,
    keys: ['mod+C'],
    isNative: true,
    when: needsSelection,
    run: ({ store }) => copy(store),
  },
  paste: {
    title: 'Paste',
    icon: IconClipboard,
    keys: ['mod+V'],
    isNative: true,
    edits: true,
    run: ({ store }) => paste(store),
  },
  duplicate: {
    title: 'Duplicate',
    icon: IconCopyPlus,
    keys: ['mod+D'],
    edits: true,
    when: needsSelection,
    run: ({ store }) => duplicateSelection(store),
  },
  delete: {
    title: 'Delete',
    icon: IconTrash,
    keys: ['Delete', 'Backspace'],
    keywords: 'remove',
    edits: true,
    when: ({ store }) => {
      const { selection, selectedConnections } = store.getState();
      return selection.length + selectedConnections.length === 0 ? 'Select what is to be deleted first.' : null;
    },
    run: remove,
  },
  'select-all': {
    title: 'Select everything',
    icon: IconSelectAll,
    keys: ['mod+A'],
    run: ({ store }) => store.getState().select(Object.keys(openedSheet(store.getState()).actions)),
  },
  'select-nothing': {
    title: 'Let go of the selection',
    keys: ['Escape'],
    keywords: 'unselect deselect flow settings',
    run: ({ store }) => store.getState().select([]),
  },
  save: {
    title: 'Save now',
    icon: IconDeviceFloppy,
    keys: ['mod+S'],
    worksIn: 'everywhere',
    edits: true,
    run: ({ save }) => save(),
  },
});

function needsSelection({ store }: CommandContext): string | null {
  return store.getState().selection.length === 0 ? 'Select one or more cards first.' : null;
}

function remove({ store }: CommandContext): void {
  const { selection, selectedConnections, run } = store.getState();
  if (selection.length > 0) run(deleteActions(selection));
  else run(disconnectOutcomes(selectedConnections));
}
