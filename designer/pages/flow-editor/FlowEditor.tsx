import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useStore } from 'zustand';
import type { Draft } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import type { Issue } from '../../../schemas/issue.ts';
import { mainSheet, type SheetId } from '../../../schemas/sheet.ts';
import { useSaveDraft } from '../../api/flows.ts';
import { useUser } from '../../api/session.ts';
import { FlowCanvas } from '../../canvas/FlowCanvas.tsx';
import { wholeFlow } from '../../canvas/fitted-view.ts';
import { IssueBadgesContext } from '../../canvas/IssueBadgesContext.ts';
import { RunContext, runPath } from '../../canvas/RunContext.ts';
import { useCanvasView } from '../../canvas/useCanvasView.ts';
import { CaseRunProvider } from '../../cases/CaseRunContext.tsx';
import { CasesPanel } from '../../cases/CasesPanel.tsx';
import type { CommandContext } from '../../commands/editor-command.ts';
import { EditorCommandsContext } from '../../commands/useCommands.ts';
import { useShortcuts } from '../../commands/useShortcuts.ts';
import { createWorkbench } from '../../commands/workbench.ts';
import { FindPanel } from '../../find/FindPanel.tsx';
import { HeatLayer } from '../../heat/HeatLayer.tsx';
import { Inspector } from '../../inspector/Inspector.tsx';
import { Palette } from '../../palette/Palette.tsx';
import { IssuesContext } from '../../problems/IssuesContext.ts';
import { ProblemsPanel } from '../../problems/ProblemsPanel.tsx';
import { createProblemsStore, type ProblemsStore } from '../../problems/problems-store.ts';
import { useIssues } from '../../problems/useIssues.ts';
import { SheetTabs } from '../../sheets/SheetTabs.tsx';
import { AfterPaint } from '../../shell/AfterPaint.tsx';
import { announce } from '../../shell/announce.ts';
import { notifyDone } from '../../shell/notify.ts';
import { replaceFlow } from '../../state/commands/replace-flow.ts';
import { createEditorStore } from '../../state/editor-store.ts';
import { EditorContext, useEditor, useEditorStore } from '../../state/useEditor.ts';
import { TryPanel } from '../../try/TryPanel.tsx';
import type { TriedMail } from '../../try/try-link.ts';
import { createTryStore } from '../../try/try-store.ts';
import { Arrivals } from './Arrivals.tsx';
import { BaseNotice } from './BaseNotice.tsx';
import { EditorDialogs } from './EditorDialogs.tsx';
import classes from './FlowEditor.module.css';
import { createKeptDrafts, type KeptDraft, type KeptDrafts, takeUpUnsent } from './kept-draft.ts';
import { Toolbar } from './Toolbar.tsx';
import { useAutosave } from './useAutosave.ts';
import { useKeptHistory } from './useKeptHistory.ts';

interface FlowEditorProps {
  flow: Flow;
  draft: Draft;
  /** The action to begin at. */
  at: { action: string; sheet: SheetId } | null;
  /** The mail to try at once. */
  tried: TriedMail | null;
  isReadOnly: boolean;
  onReload: () => Promise<void>;
}

export function FlowEditor(props: FlowEditorProps) {
  const { flow, draft, isReadOnly } = props;
  const user = useUser();
  const [kept] = useState(() => createKeptDrafts(user.id, flow.id));
  const [unsent] = useState(() => (isReadOnly ? null : takeUpUnsent(kept, flow)));
  const [store] = useState(() => createEditorStore(unsent?.saved ?? flow, { isReadOnly }));
  return (
    <EditorContext value={store}>
      <ReactFlowProvider>
        <Workbench {...props} kept={kept} unsent={unsent} draft={unsent ?? draft} flow={unsent?.saved ?? flow} />
      </ReactFlowProvider>
    </EditorContext>
  );
}

interface WorkbenchProps extends Omit<FlowEditorProps, 'draft'> {
  draft: Pick<Draft, 'revision' | 'baseVersion'>;
  kept: KeptDrafts;
  /** Work that had not reached the server when this browser last had the flow open. */
  unsent: KeptDraft | null;
}

/** Toolbar, palette or trial, canvas with its problems, inspector. */
function Workbench({ flow: opened, draft, kept, unsent, at, tried, isReadOnly, onReload }: WorkbenchProps) {
  const store = useEditorStore();
  const name = useEditor((state) => state.history.flow.name);
  const sheet = useEditor((state) => state.sheet);
  const save = useSaveDraft(opened.id);
  const autosave = useAutosave({ flow: opened, draft, save: save.mutateAsync, kept });
  useKeptHistory(autosave);
  const [trial] = useState(createTryStore);
  const [workbench] = useState(createWorkbench);
  const navigate = useNavigate();
  const [problems] = useState(createProblemsStore);
  const view = useCanvasView();
  const search = useRef<HTMLInputElement>(null);
  const panels = useStore(workbench, (state) => state.panels);
  const isTrying = panels.has('try');
  const [beginAt] = useState(at);
  const [beginWith] = useState(tried);
  const commands = useMemo(
    (): CommandContext => ({
      store,
      workbench,
      view,
      trial,
      problems,
      save: () => void autosave.flush(),
      visit: (page) => void autosave.flush().then(() => navigate(`/flows/${opened.id}/${page}`)),
      focusPalette: () => {
        if (workbench.getState().panels.has('try')) workbench.getState().toggle('try');
        // The palette may only come back with this very command, or be about to be drawn.
        focusOnceDrawn(() => search.current);
      },
      focusInspector: () => focusOnceDrawn(inInspector),
      announce,
    }),
    [store, workbench, view, trial, problems, autosave, navigate, opened.id],
  );

  useEffect(() => {
    if (unsent === null) return;
    // As an edit: it is saved like any other, meets what was saved elsewhere like any other, and can be taken back.
    store.getState().run(replaceFlow(unsent.document, 'Take up unsent work'));
    notifyDone('Work that had not reached the server is back from this browser. Undo takes it away.');
  }, [unsent, store]);
  useEffect(() => {
    if (beginAt !== null) store.getState().show(beginAt.action, undefined, beginAt.sheet);
  }, [beginAt, store]);
  useEffect(() => {
    if (!isTrying) trial.getState().clear();
  }, [isTrying, trial]);
  useEffect(() => {
    if (beginWith === null) return;
    const { mail, situation, step } = beginWith;
    if (!workbench.getState().panels.has('try')) workbench.getState().toggle('try');
    trial.getState().choose(mail, { situation, begin: step ?? 'whole' });
  }, [beginWith, trial, workbench]);

  const result = useStore(trial, (state) => state.result);
  const step = useStore(trial, (state) => state.step);
  const path = useMemo(
    () =>
      result === null
        ? null
        : runPath(result.run, { flow: result.run.flow, version: result.run.version, sheet }, { current: step }),
    [result, step, sheet],
  );
  const { fitView } = useReactFlow();
  const isTried = result !== null;
  useEffect(() => {
    // Once for each mail: a result that comes again after an edit must not move the canvas under the hand.
    if (isTried && trial.getState().step === null) void fitView({ ...wholeFlow, duration: 250 });
  }, [isTried, trial, fitView]);
  const left = isTrying ? 'try' : isReadOnly ? 'none' : 'palette';
  return (
    <EditorCommandsContext value={commands}>
      <Checked problems={problems}>
        <Shortcuts />
        <CaseRunProvider isSeen={panels.has('cases')}>
          <div className={classes.root}>
            <title>{`${name} · Sluice`}</title>
            <Toolbar autosave={autosave} onReload={onReload} />
            <BaseNotice autosave={autosave} onReload={onReload} />
            <div className={classes.middle} data-left={left}>
              {left !== 'none' && (
                <div className={classes.left} data-what={left}>
                  <AfterPaint>
                    {isTrying ? (
                      <TryPanel trial={trial} onClose={() => workbench.getState().toggle('try')} />
                    ) : (
                      <Palette searchRef={search} />
                    )}
                  </AfterPaint>
                </div>
              )}
              <div className={classes.canvas}>
                <SheetTabs />
                <div className={classes.surface}>
                  <HeatLayer
                    flow={opened.id}
                    version={null}
                    sheet={sheet}
                    isOn={panels.has('traffic')}
                    isCovered={path !== null}
                    onClose={() => workbench.getState().toggle('traffic')}
                  >
                    <RunContext value={path}>
                      {/* Another sheet is another drawing: it is fitted anew, and nothing of the former one is left over. */}
                      <FlowCanvas key={sheet} label={`Flow ${name}`} />
                    </RunContext>
                  </HeatLayer>
                  {panels.has('find') && <FindPanel />}
                </div>
                {panels.has('cases') && (
                  <CasesPanel
                    onTry={(name) => {
                      if (!workbench.getState().panels.has('try')) workbench.getState().toggle('try');
                      trial.getState().choose({ case: name }, { situation: {}, begin: 'end' });
                    }}
                    onMake={() => {
                      if (!workbench.getState().panels.has('try')) workbench.getState().toggle('try');
                    }}
                    onClose={() => workbench.getState().toggle('cases')}
                  />
                )}
                {panels.has('problems') && <ProblemsPanel onClose={() => workbench.getState().toggle('problems')} />}
              </div>
              <Inspector />
            </div>
            <EditorDialogs autosave={autosave} />
            {!isReadOnly && <Arrivals autosave={autosave} />}
          </div>
        </CaseRunProvider>
      </Checked>
    </EditorCommandsContext>
  );
}

/** The inspector has the flow's or the card's name first. */
function inInspector(): HTMLElement | null {
  return document.querySelector('aside[aria-label="Inspector"] :is(input, textarea, button)');
}

/** Looks for a second, frame by frame. */
function focusOnceDrawn(find: () => HTMLElement | null, framesLeft = 60): void {
  requestAnimationFrame(() => {
    const found = find();
    if (found !== null) found.focus();
    else if (framesLeft > 0) focusOnceDrawn(find, framesLeft - 1);
  });
}

/** Listens for keys; draws nothing. */
function Shortcuts() {
  useShortcuts();
  return null;
}

/** Checks each edit apart from the workbench, which is not drawn again for every letter. */
function Checked({ problems, children }: { problems: ProblemsStore; children: ReactNode }) {
  const { found, isCurrent } = useIssues(useEditor((state) => state.history.flow));
  useEffect(() => problems.getState().found(found.issues), [problems, found]);
  useEffect(() => problems.getState().checking(isCurrent), [problems, isCurrent]);
  const sheet = useEditor((state) => state.sheet);
  const badges = useMemo(() => byAction(found.issues, sheet), [found, sheet]);
  return (
    <IssuesContext value={found}>
      <IssueBadgesContext value={badges}>{children}</IssueBadgesContext>
    </IssuesContext>
  );
}

/** Of the actions on one tab. */
function byAction(issues: readonly Issue[], sheet: SheetId): ReadonlyMap<string, readonly Issue[]> {
  const ofActions = issues.filter((issue) => issue.action !== undefined && (issue.task ?? mainSheet) === sheet);
  return Map.groupBy(ofActions, (issue) => issue.action ?? '');
}
