import { IconChevronLeft, IconChevronRight, IconPlayerPlay } from '@tabler/icons-react';
import { type CommandContext, commandGroup } from '../commands/editor-command.ts';

const needsTrial = ({ trial }: CommandContext) =>
  (trial.getState().result?.run.steps.length ?? 0) > 0 ? null : 'Try a mail first: then its steps can be looked at.';

export const tryCommands = commandGroup('Try', {
  'try-forward': {
    title: 'Go to the next step of the trial',
    icon: IconChevronRight,
    keys: ['.'],
    when: needsTrial,
    run: ({ trial }) => trial.getState().move(1),
  },
  'try-back': {
    title: 'Go to the former step of the trial',
    icon: IconChevronLeft,
    keys: [','],
    when: needsTrial,
    run: ({ trial }) => trial.getState().move(-1),
  },
  'try-play': {
    title: 'Play the steps of the trial',
    icon: IconPlayerPlay,
    keys: ['Shift+P'],
    when: needsTrial,
    run: ({ trial }) => trial.getState().play(!trial.getState().isPlaying),
  },
});
