import { Stack, Tabs, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { TryResult } from '../../schemas/api/try.ts';
import { callsOf } from '../../schemas/calls.ts';
import type { Step } from '../../schemas/run.ts';
import { mainSheet } from '../../schemas/sheet.ts';
import { useEditorStore } from '../state/useEditor.ts';
import { EmailFields } from './EmailFields.tsx';
import { EndingLine } from './EndingLine.tsx';
import { RunSteps } from './RunSteps.tsx';
import { StepControls } from './StepControls.tsx';
import { StepView } from './StepView.tsx';
import { TriedVariables } from './TriedVariables.tsx';
import type { TryStore } from './try-store.ts';

/** How the mail ended, the way there step by step, the variables, and the mail as the engine sees it. */
export function TryResultView({ result, trial }: { result: TryResult; trial: TryStore }) {
  const { run, email } = result;
  const step = useStore(trial, (state) => state.step);
  useFollowedStep(trial);
  const flow = useStore(trial, (state) => state.flow);
  return (
    <Stack gap="sm">
      <Stack gap={4}>
        <EndingLine ending={run.ending} />
        <Text size="xs" c="var(--sluice-muted)" truncate="end">
          <bdi>{email.subject || '(no subject)'}</bdi> from <bdi>{email.from.address || 'nobody'}</bdi>
        </Text>
      </Stack>
      <StepControls trial={trial} run={run} />
      <Tabs defaultValue="steps" keepMounted={false}>
        <Tabs.List grow>
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
          <Tabs.Tab value="variables">Variables</Tabs.Tab>
          <Tabs.Tab value="mail">Mail</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps" pt="xs">
          <RunSteps steps={run.steps} selected={step} onSelect={(index) => trial.getState().lookAt(index)}>
            {(index) => <StepView result={result} index={index} flow={flow ?? undefined} />}
          </RunSteps>
        </Tabs.Panel>
        <Tabs.Panel value="variables" pt="xs">
          {flow !== null && <TriedVariables flow={flow} run={run} step={step} />}
        </Tabs.Panel>
        <Tabs.Panel value="mail" pt="xs">
          <EmailFields email={email} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** The canvas goes along with whoever steps; a result that comes anew by itself moves nothing. */
function useFollowedStep(trial: TryStore): void {
  const editor = useEditorStore();
  useEffect(
    () =>
      trial.subscribe(({ step, result }, before) => {
        const isFirst = before.result === null;
        if (step === null || step === before.step || (result !== before.result && !isFirst)) return;
        const looked = result === null ? null : stepOfFlow(result.run.steps, step);
        if (looked === null) return;
        editor.getState().show(looked.action, undefined, looked.task ?? mainSheet);
      }),
    [trial, editor],
  );
}

/** The step itself; for one in a module, which is another flow's drawing, the call that led there. */
function stepOfFlow(steps: readonly Step[], index: number): Step | null {
  const step = steps[index];
  if (step === undefined) return null;
  if (step.flow === undefined) return step;
  const call = callsOf(steps)[index] ?? null;
  return call === null ? null : stepOfFlow(steps, call.at);
}
