import { IconFlame } from '@tabler/icons-react';
import { commandGroup } from '../commands/editor-command.ts';

export const heatCommands = commandGroup('Look', {
  traffic: {
    title: 'Show the traffic: how many mails went which way',
    icon: IconFlame,
    keys: ['H'],
    keywords: 'heat map live counts numbers statistics',
    isOn: ({ workbench }) => workbench.getState().panels.has('traffic'),
    run: ({ workbench }) => workbench.getState().toggle('traffic'),
  },
});
