import {
  IconAlertTriangle,
  IconBorderInner,
  IconCommand,
  IconFlask,
  IconGrid4x4,
  IconKeyboard,
  IconMap,
  IconMaximize,
  IconSearch,
  IconZoomIn,
  IconZoomInArea,
  IconZoomOut,
  IconZoomReset,
} from '@tabler/icons-react';
import { actionsAtHand, cardOfAction, needsActions, sheetOf } from './at-hand.ts';
import { type CommandContext, commandGroup, type EditorCommand } from './editor-command.ts';
import { type Preference, preferences, togglePreference } from './preferences.ts';

export const lookCommands = commandGroup('Look', {
  find: {
    title: 'Find in the flow',
    icon: IconSearch,
    keys: ['mod+F'],
    worksIn: 'fields',
    keywords: 'search action name id setting text queue',
    run: ({ workbench }) => workbench.getState().openPanel('find'),
  },
  'find-next': {
    title: 'Go to the next place found',
    keys: ['F3'],
    worksIn: 'everywhere',
    when: needsFind,
    run: ({ workbench }) => workbench.getState().stepFind(1),
  },
  'find-previous': {
    title: 'Go to the previous place found',
    keys: ['Shift+F3'],
    worksIn: 'everywhere',
    when: needsFind,
    run: ({ workbench }) => workbench.getState().stepFind(-1),
  },
  'fit-all': {
    title: 'Fit the whole flow on the canvas',
    icon: IconMaximize,
    keys: ['F'],
    keywords: 'zoom view',
    run: ({ view }) => view.fitAll(),
  },
  'fit-selection': {
    title: 'Zoom to the selection',
    icon: IconZoomInArea,
    keys: ['Shift+F'],
    when: needsActions,
    run: (context) => {
      const sheet = sheetOf(context);
      context.view.fit(actionsAtHand(context).map((id) => cardOfAction(sheet, id)));
    },
  },
  'zoom-100': {
    title: 'Zoom to 100 %',
    icon: IconZoomReset,
    keys: ['0'],
    keywords: 'actual size',
    run: ({ view }) => view.zoomTo(1),
  },
  'zoom-in': { title: 'Zoom in', icon: IconZoomIn, keys: ['Plus', '='], run: ({ view }) => view.zoomIn() },
  'zoom-out': { title: 'Zoom out', icon: IconZoomOut, keys: ['-'], run: ({ view }) => view.zoomOut() },
  'mini-map': toggle('miniMap', { title: 'Show the overview map', icon: IconMap, keys: ['M'], keywords: 'minimap' }),
  guides: toggle('guides', {
    title: 'Line cards up while dragging',
    icon: IconBorderInner,
    keywords: 'guides snap align',
  }),
  grid: toggle('grid', { title: 'Snap cards to the grid', icon: IconGrid4x4, keys: ['G'] }),
  try: {
    title: 'Try the flow on a mail',
    icon: IconFlask,
    keys: ['T'],
    keywords: 'test debug run',
    isOn: ({ workbench }) => workbench.getState().panels.has('try'),
    run: ({ workbench }) => workbench.getState().toggle('try'),
  },
  problems: {
    title: 'Show the problems',
    icon: IconAlertTriangle,
    keys: ['P'],
    keywords: 'issues errors warnings check',
    isOn: ({ workbench }) => workbench.getState().panels.has('problems'),
    run: ({ workbench }) => workbench.getState().toggle('problems'),
  },
  commands: {
    title: 'Find a command',
    icon: IconCommand,
    keys: ['mod+K'],
    worksIn: 'everywhere',
    run: ({ workbench }) => workbench.getState().open('commands'),
  },
  shortcuts: {
    title: 'Show the keyboard shortcuts',
    icon: IconKeyboard,
    keys: ['?'],
    keywords: 'keys help',
    run: ({ workbench }) => workbench.getState().open('shortcuts'),
  },
});

function needsFind({ workbench }: CommandContext): string | null {
  return workbench.getState().panels.has('find') ? null : 'Find something in the flow first.';
}

function toggle(name: Preference, command: Pick<EditorCommand, 'title' | 'icon' | 'keys' | 'keywords'>): EditorCommand {
  return { ...command, isOn: () => preferences.getState()[name], run: () => togglePreference(name) };
}
