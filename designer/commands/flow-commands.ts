import { IconDownload, IconRocket, IconUpload } from '@tabler/icons-react';
import { notifyDone, notifyError } from '../shell/notify.ts';
import { replaceFlow } from '../state/commands/replace-flow.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';
import { chooseFile, downloadJson, readFlowFile } from './flow-file.ts';

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
    run: importFile,
  },
});

async function importFile({ store }: CommandContext): Promise<void> {
  const file = await chooseFile('application/json,.json');
  if (file === null) return;
  try {
    store.getState().run(replaceFlow(await readFlowFile(file), 'Import a file'));
    notifyDone(`${file.name} is on the canvas. Undo takes it back.`);
  } catch (error) {
    notifyError(error, `${file.name} could not be imported`);
  }
}
