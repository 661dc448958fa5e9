import { IconDownload, IconHistory, IconLink, IconRocket, IconUpload } from '@tabler/icons-react';
import { mainSheet } from '../../schemas/sheet.ts';
import { chooseFile, downloadJson } from '../files/flow-file.ts';
import { copyLink } from '../shell/copy-link.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';

export const flowCommands = commandGroup('Flow', {
  publish: {
    title: 'Publish',
    icon: IconRocket,
    keywords: 'go live release',
    edits: true,
    run: ({ workbench }) => workbench.getState().open('publish'),
  },
  'export-file': {
    title: 'Export as a file',
    icon: IconDownload,
    keywords: 'download json save as',
    run: ({ store }) => {
      const { flow } = store.getState().history;
      downloadJson(`${flow.id}.flow.json`, flow);
    },
  },
  'import-file': {
    title: 'Import a file',
    icon: IconUpload,
    keywords: 'open upload json load',
    edits: true,
    async run({ workbench }) {
      const file = await chooseFile('application/json,.json');
      if (file !== null) workbench.getState().openFile(file);
    },
  },
  history: {
    title: 'Show the history',
    icon: IconHistory,
    keywords: 'versions compare restore diff who when git',
    run: ({ visit }) => visit('history'),
  },
  'copy-link': {
    title: 'Copy a link to this card',
    icon: IconLink,
    keywords: 'share address url',
    when: ({ store }) => (store.getState().selection.length === 1 ? null : 'Select one card first.'),
    run: (context) => copyLink(linkHere(context)),
  },
});

/** The open flow at the card that is selected, for somebody who is sent there. */
function linkHere({ store }: CommandContext): string {
  const { history, selection, sheet } = store.getState();
  const [action] = selection;
  const parameters = new URLSearchParams({
    ...(sheet === mainSheet ? {} : { task: sheet }),
    ...(action === undefined ? {} : { action }),
  });
  const query = parameters.toString();
  return `/flows/${history.flow.id}${query === '' ? '' : `?${query}`}`;
}
