import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type CommandContext, commandGroup } from '../commands/editor-command.ts';
import { shownProblems } from './problems-store.ts';
import { showProblem } from './show-problem.ts';

const needsProblem = ({ problems }: CommandContext) =>
  shownProblems(problems.getState()).length > 0 ? null : 'There is no problem to go to.';

function go({ problems, store, workbench }: CommandContext, by: 1 | -1): void {
  const issue = problems.getState().move(by);
  if (issue === null) return;
  if (!workbench.getState().panels.has('problems')) workbench.getState().toggle('problems');
  showProblem(store, issue);
}

export const problemCommands = commandGroup('Problems', {
  'next-problem': {
    title: 'Go to the next problem',
    icon: IconArrowDown,
    keys: ['F8'],
    worksIn: 'everywhere',
    keywords: 'issue error warning',
    when: needsProblem,
    run: (context) => go(context, 1),
  },
  'former-problem': {
    title: 'Go to the former problem',
    icon: IconArrowUp,
    keys: ['Shift+F8'],
    worksIn: 'everywhere',
    keywords: 'issue error warning previous',
    when: needsProblem,
    run: (context) => go(context, -1),
  },
});
