import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { Logic } from '../../../schemas/logic.ts';
import type { ConditionTrace } from '../../../schemas/run.ts';
import { describeLogic, describeValue } from '../../../schemas/wording/describe-logic.ts';
import { useCardWords } from '../../actions/useCardWords.ts';
import { readGroup } from '../../conditions/groups.ts';
import classes from './ConditionTree.module.css';

/** Why a decision went the way it did: each part of its condition with the value that it had. */
export function ConditionTree({ outcome, trace }: { outcome: string; trace: ConditionTrace }) {
  return (
    <Stack gap={4}>
      <Group gap={6}>
        <Text size="xs" c="var(--sluice-muted)">
          for
        </Text>
        <Badge color="gray" variant="outline">
          {outcome}
        </Badge>
      </Group>
      <ul className={classes.tree}>
        <Part trace={trace} />
      </ul>
    </Stack>
  );
}

function Part({ trace, isSpared = false }: { trace: ConditionTrace; isSpared?: boolean }) {
  const words = useCardWords();
  const parts = trace.parts.filter((part) => typeof part.rule === 'object' && part.rule !== null);
  return (
    <li className={classes.part} data-undecided={trace.decided ? undefined : true}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Mark trace={trace} />
        <Text size="sm" component="span">
          {parts.length > 0
            ? (groupWords(trace.rule) ?? describeLogic(trace.rule, words))
            : describeLogic(trace.rule, words)}{' '}
          {!isSpared && <ValueOf trace={trace} />}
        </Text>
      </Group>
      {parts.length > 0 && (
        <ul className={classes.tree}>
          {parts.map((part, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the rule
            <Part key={i} trace={part} isSpared={!trace.decided} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** A group is told by its name, since its parts follow below it; null for whatever is no group. */
function groupWords(rule: unknown): string | null {
  // A trace holds the rule as the document has it: JsonLogic.
  const how = readGroup(rule as Logic)?.how;
  return how === 'all' ? 'all of these:' : how === 'any' ? 'any of these:' : null;
}

function ValueOf({ trace }: { trace: ConditionTrace }) {
  if (trace.error !== undefined) {
    return (
      <Text span size="sm" c="red">
        failed: {trace.error}
      </Text>
    );
  }
  if (!trace.decided) {
    return (
      <Text span size="xs" c="var(--sluice-muted)">
        (not needed for the answer)
      </Text>
    );
  }
  if (typeof trace.value === 'boolean') return null;
  return (
    <>
      was{' '}
      <Code fz="xs">
        <bdi>{describeValue(trace.value)}</bdi>
      </Code>
    </>
  );
}

function Mark({ trace }: { trace: ConditionTrace }) {
  const style = { flex: 'none', marginTop: 3 };
  if (trace.error !== undefined) {
    return <IconAlertTriangle size={14} style={style} color="var(--mantine-color-red-6)" aria-label="failed" />;
  }
  if (trace.value === true) {
    return <IconCheck size={14} style={style} color="var(--mantine-color-green-6)" aria-label="true" />;
  }
  if (trace.value === false) {
    return <IconX size={14} style={style} color="var(--mantine-color-red-6)" aria-label="false" />;
  }
  return <IconMinus size={14} style={style} color="var(--sluice-muted)" aria-hidden />;
}
