import type { Issue } from '../../schemas/issue.ts';
import { mainSheet } from '../../schemas/sheet.ts';
import type { EditorStore } from '../state/editor-store.ts';
import { settingOf } from './setting-of.ts';

/** Leads to where a problem is: its tab, its action, its setting; to the flow's own settings where it is about them. */
export function showProblem(editor: EditorStore, issue: Issue): void {
  const { show, select, openSheet } = editor.getState();
  const sheet = issue.task ?? mainSheet;
  openSheet(sheet);
  if (issue.action === undefined) select([]);
  else show(issue.action, settingOf(issue), sheet);
}
