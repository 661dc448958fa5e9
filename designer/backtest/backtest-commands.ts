import { IconArrowsDiff } from '@tabler/icons-react';
import { commandGroup } from '../commands/editor-command.ts';

export const backtestCommands = commandGroup('Try', {
  backtest: {
    title: 'Backtest: run the draft on mails that came',
    icon: IconArrowsDiff,
    keys: ['Shift+B'],
    keywords: 'compare replay real mails history matrix',
    edits: true,
    run: ({ visit }) => visit('backtest'),
  },
});
