import { Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Issue } from '../../../schemas/issue.ts';
import type { Logic } from '../../../schemas/logic.ts';
import type { ConditionField } from '../../../schemas/wording/condition-fields.ts';
import { errorOf } from '../../fields/error-of.tsx';
import { movePart, type Path, partAt, pointersOf, readGroup, rootGroup } from '../groups.ts';
import classes from './Builder.module.css';
import { BuilderContext } from './BuilderContext.ts';
import { GroupBox } from './GroupBox.tsx';

interface ConditionBuilderProps {
  label: string;
  logic: Logic;
  fields: readonly ConditionField[];
  onChange: (logic: Logic) => void;
  isReadOnly: boolean;
  /** Their paths are relative to the condition. */
  issues: readonly Issue[];
}

/**
 * A condition in groups and lines, drawn from the JsonLogic itself: an edit changes the part that it is about and nothing else, and a part
 * that no line can show is told in words and stays as it is.
 */
export function ConditionBuilder({ label, logic, fields, onChange, isReadOnly, issues }: ConditionBuilderProps) {
  const [dragged, drag] = useState<Path | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const moved = useRef<Logic | null>(null);

  useEffect(() => {
    const part = moved.current;
    moved.current = null;
    const path = part === null ? null : pathOf(logic, part);
    if (path !== null) box.current?.querySelector<HTMLElement>(`[data-handle="${path.join('.')}"]`)?.focus();
  }, [logic]);

  const builder = useMemo(
    () => ({
      fields,
      isReadOnly,
      edit: (change: (root: Logic) => Logic) => {
        const after = change(logic);
        if (after !== logic) onChange(after);
      },
      move: (from: Path, to: { group: Path; index: number }) => {
        moved.current = partAt(logic, from) ?? null;
        const after = movePart(logic, from, to);
        if (after !== logic) onChange(after);
      },
      issuesAt: (pointer: string) => issues.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`)),
      dragged,
      drag,
    }),
    [fields, isReadOnly, logic, onChange, issues, dragged],
  );
  const pointers = readGroup(logic) === null ? [''] : pointersOf(logic);
  const whole = errorOf(issues.filter(({ path }) => !pointers.some((pointer) => path.startsWith(pointer))));
  return (
    <BuilderContext value={builder}>
      <div ref={box} className={classes.builder} data-condition={label}>
        <GroupBox logic={logic} group={rootGroup(logic)} path={[]} pointer="" />
        {whole !== undefined && (
          <Text size="xs" c="var(--mantine-color-error)" mt={4}>
            {whole}
          </Text>
        )}
      </div>
    </BuilderContext>
  );
}

/** Where a part stands, found by its identity: moving makes no copy. */
function pathOf(root: Logic, part: Logic): Path | null {
  const pending: { parts: readonly Logic[]; at: Path }[] = [{ parts: rootGroup(root).parts, at: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [index, each] of next.parts.entries()) {
      const here = [...next.at, index];
      if (each === part) return here;
      const group = readGroup(each);
      if (group !== null) pending.push({ parts: group.parts, at: here });
    }
  }
  return null;
}
