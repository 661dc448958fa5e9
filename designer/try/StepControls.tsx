import { ActionIcon, Group, Slider, Text, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Run } from '../../schemas/run.ts';
import type { TryStore } from './try-store.ts';

/** Slow enough to read a card, fast enough to watch. */
const playMs = 900;

/** Goes through a run like through a recording. */
export function StepControls({ trial, run }: { trial: TryStore; run: Run }) {
  const step = useStore(trial, (state) => state.step);
  const isPlaying = useStore(trial, (state) => state.isPlaying);
  const { lookAt, move, play } = trial.getState();
  const count = run.steps.length;
  const last = count - 1;
  usePlaying(trial, isPlaying, last);
  if (count === 0) {
    return (
      <Text size="sm" c="var(--sluice-muted)">
        The run failed before its first step.
      </Text>
    );
  }
  return (
    <div>
      <Group gap={2} wrap="nowrap" justify="space-between">
        <Group gap={2} wrap="nowrap">
          <Control label="First step" isOff={step === 0} onClick={() => lookAt(0)}>
            <IconPlayerSkipBack size={15} />
          </Control>
          <Control label="Step back" tip="Step back (,)" isOff={step === 0} onClick={() => move(-1)}>
            <IconChevronLeft size={17} />
          </Control>
          <Control label={isPlaying ? 'Pause' : 'Play the steps'} onClick={() => play(!isPlaying)}>
            {isPlaying ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />}
          </Control>
          <Control label="Step forward" tip="Step forward (.)" isOff={step === last} onClick={() => move(1)}>
            <IconChevronRight size={17} />
          </Control>
          <Control label="Last step" isOff={step === last} onClick={() => lookAt(last)}>
            <IconPlayerSkipForward size={15} />
          </Control>
        </Group>
        <Text size="xs" c="var(--sluice-muted)" aria-live="polite">
          {step === null ? `${count} ${count === 1 ? 'step' : 'steps'}` : `Step ${step + 1} of ${count}`}
        </Text>
      </Group>
      {count > 1 && (
        <Slider
          size="sm"
          mt={6}
          thumbLabel="Step"
          min={1}
          max={count}
          step={1}
          value={(step ?? 0) + 1}
          label={(value) => run.steps[value - 1]?.name ?? ''}
          onChange={(value) => lookAt(value - 1)}
        />
      )}
    </div>
  );
}

interface ControlProps {
  label: string;
  tip?: string;
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Control({ label, tip = label, isOff = false, onClick, children }: ControlProps) {
  return (
    <Tooltip label={tip}>
      <ActionIcon size="sm" aria-label={label} disabled={isOff} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function usePlaying(trial: TryStore, isPlaying: boolean, last: number): void {
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      trial.getState().move(1);
      if ((trial.getState().step ?? 0) >= last) trial.getState().play(false);
    }, playMs);
    return () => clearInterval(timer);
  }, [trial, isPlaying, last]);
}
