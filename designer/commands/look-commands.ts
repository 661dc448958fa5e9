import {
  IconAlertTriangle,
  IconCommand,
  IconFlask,
  IconKeyboard,
  IconMaximize,
  IconZoomInArea,
  IconZoomReset,
} from '@tabler/icons-react';
import { commandGroup } from './editor-command.ts';

export const lookCommands = commandGroup('Look', {
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
    when: ({ store }) => (store.getState().selection.length === 0 ? 'Select one or more cards first.' : null),
    run: ({ store, view }) => view.fit(store.getState().selection),
  },
  'zoom-100': {
    title: 'Zoom to 100 %',
    icon: IconZoomReset,
    keys: ['Shift+0'],
    keywords: 'actual size',
    run: ({ view }) => view.zoomTo(1),
  },
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
