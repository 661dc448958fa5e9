import { IconChecklist } from '@tabler/icons-react';
import { commandGroup } from '../commands/editor-command.ts';

export const caseCommands = commandGroup('Cases', {
  cases: {
    title: 'Show the cases',
    icon: IconChecklist,
    keys: ['Shift+T'],
    keywords: 'tests regression expectation',
    isOn: ({ workbench }) => workbench.getState().panels.has('cases'),
    run: ({ workbench }) => workbench.getState().toggle('cases'),
  },
});
