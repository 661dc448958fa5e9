import { Button, Group, Select } from '@mantine/core';
import { IconFolderPlus, IconPlus } from '@tabler/icons-react';
import type { Logic } from '../../../schemas/logic.ts';
import {
  type How,
  type Path,
  pointersOf,
  readGroup,
  rebuild,
  replacePart,
  type rootGroup,
  writeGroup,
} from '../groups.ts';
import classes from './Builder.module.css';
import { useBuilder } from './BuilderContext.ts';
import { PartFrame } from './PartFrame.tsx';
import { PartRow } from './PartRow.tsx';

interface GroupBoxProps {
  logic: Logic;
  group: ReturnType<typeof rootGroup>;
  path: Path;
  pointer: string;
}

const hows: { value: How; label: string }[] = [
  { value: 'all', label: 'all of' },
  { value: 'any', label: 'any of' },
  { value: 'none', label: 'none of' },
  { value: 'not-all', label: 'not all of' },
];

/** Deeper groups have no room in an inspector; they are told in words, and edited as JSON. */
const maxDepth = 4;

const newLine: Logic = { contains: [{ var: 'email.subject' }, ''] };

export function GroupBox({ logic, group: { how, parts }, path, pointer }: GroupBoxProps) {
  const { edit, isReadOnly } = useBuilder();
  const pointers = readGroup(logic) === null ? [''] : pointersOf(logic);
  const setHow = (next: How) => {
    const written = writeGroup({ how: next, parts });
    edit((root) => replacePart(root, path, written));
  };
  const add = (part: Logic) =>
    edit((root) => rebuild(root, { insert: { group: path, index: parts.length, logic: part } }));
  return (
    <div className={classes.group}>
      <Group gap={2}>
        <Select
          size="xs"
          w={92}
          aria-label="All, any or none"
          data={hows}
          value={how}
          allowDeselect={false}
          readOnly={isReadOnly}
          onChange={(next) => isHow(next) && setHow(next)}
        />
        {!isReadOnly && (
          <>
            <Button
              variant="subtle"
              size="compact-xs"
              px={5}
              leftSection={<IconPlus size={12} />}
              onClick={() => add(newLine)}
            >
              Rule
            </Button>
            {path.length < maxDepth && (
              <Button
                variant="subtle"
                size="compact-xs"
                px={5}
                leftSection={<IconFolderPlus size={13} />}
                onClick={() => add(writeGroup({ how: how === 'all' ? 'any' : 'all', parts: [newLine] }))}
              >
                Group
              </Button>
            )}
          </>
        )}
      </Group>
      {parts.map((part, index) => {
        const below = [...path, index];
        const inner = path.length < maxDepth ? readGroup(part) : null;
        const at = pointer + (pointers[index] ?? '');
        return (
          <PartFrame key={below.join('.')} logic={part} path={below} siblings={parts} isGroup={inner !== null}>
            {inner === null ? (
              <PartRow logic={part} path={below} pointer={at} />
            ) : (
              <GroupBox logic={part} group={inner} path={below} pointer={at} />
            )}
          </PartFrame>
        );
      })}
      {parts.length === 0 && <div className={classes.empty}>Nothing is asked yet: add a rule.</div>}
    </div>
  );
}

function isHow(value: string | null): value is How {
  return hows.some((each) => each.value === value);
}
