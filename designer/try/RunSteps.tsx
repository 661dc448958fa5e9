import { Badge, Button, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconMail } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { callsOf } from '../../schemas/calls.ts';
import type { Step } from '../../schemas/run.ts';
import classes from './TryPanel.module.css';

interface RunStepsProps {
  steps: readonly Step[];
  selected: number | null;
  onSelect: (index: number | null) => void;
  /** The step at which this run parts from another. */
  mark?: number | null;
  /** What the step that is looked at saw and did. */
  children: (index: number) => ReactNode;
}

/** A flow that goes round has thousands of steps; the page shows those around the one that is looked at. */
const shownAround = 60;
/** Calls within calls; further in there would be no room for names. */
const maxIndent = 4;

/** The way of the mail as a list, what was called standing further in; the step that is looked at is open. */
export function RunSteps({ steps, selected, onSelect, mark = null, children }: RunStepsProps) {
  const calls = useMemo(() => callsOf(steps), [steps]);
  const middle = selected ?? 0;
  const from = Math.max(0, middle - shownAround);
  const to = Math.min(steps.length, middle + shownAround + 1);
  return (
    <>
      {from > 0 && (
        <Button variant="subtle" fullWidth onClick={() => onSelect(Math.max(0, from - shownAround))}>
          {from} steps before
        </Button>
      )}
      <ol className={classes.steps} start={from + 1} aria-label="Steps">
        {steps.slice(from, to).map((step, offset) => (
          <StepItem
            // biome-ignore lint/suspicious/noArrayIndexKey: an action may run twice, its place in the run is its name
            key={from + offset}
            step={step}
            number={from + offset + 1}
            depth={calls[from + offset]?.depth ?? 0}
            isOpen={selected === from + offset}
            isMarked={mark === from + offset}
          >
            {{
              onOpen: () => onSelect(selected === from + offset ? null : from + offset),
              detail: () => children(from + offset),
            }}
          </StepItem>
        ))}
      </ol>
      {to < steps.length && (
        <Button variant="subtle" fullWidth onClick={() => onSelect(Math.min(steps.length - 1, to + shownAround))}>
          {steps.length - to} steps after
        </Button>
      )}
    </>
  );
}

interface StepItemProps {
  step: Step;
  number: number;
  /** How many calls deep it is. */
  depth: number;
  isOpen: boolean;
  isMarked: boolean;
  children: { onOpen: () => void; detail: () => ReactNode };
}

function StepItem({ step, number, depth, isOpen, isMarked, children: { onOpen, detail } }: StepItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  // The variable of a style that CSSProperties cannot know.
  const indent = { '--depth': Math.min(depth, maxIndent) } as CSSProperties;
  const isQuiet = step.outcome === 'no' || step.outcome === 'default' || step.outcome === 'done';
  return (
    <li ref={item} className={classes.step} data-open={isOpen || undefined} style={indent}>
      <UnstyledButton className={classes.stepHead} aria-expanded={isOpen} onClick={onOpen}>
        <Text size="xs" c="var(--sluice-muted)" w={16} ta="right" aria-hidden>
          {number}
        </Text>
        <Text size="sm" fw={500} flex={1} truncate="end">
          <bdi>{step.name}</bdi>
        </Text>
        {isMarked && (
          <Badge color="orange" c="var(--sluice-differs)">
            differs here
          </Badge>
        )}
        {step.detail.effect !== undefined && <IconMail size={14} aria-label="answers" />}
        {step.error && <IconAlertTriangle size={15} color="var(--mantine-color-red-6)" aria-label="failed" />}
        {step.outcome !== null && <Badge color={isQuiet ? 'gray' : 'water'}>{step.outcome}</Badge>}
      </UnstyledButton>
      {isOpen && <div className={classes.stepBody}>{detail()}</div>}
    </li>
  );
}
