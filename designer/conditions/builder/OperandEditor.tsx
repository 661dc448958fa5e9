import { ActionIcon, Menu, Select, Text, Tooltip } from '@mantine/core';
import {
  IconBraces,
  IconCalendarClock,
  IconClock,
  IconCursorText,
  IconList,
  IconListSearch,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Logic } from '../../../schemas/logic.ts';
import type { Source } from '../../../schemas/wording/condition-operators.ts';
import { describeLogic } from '../../../schemas/wording/describe-logic.ts';
import { readOperation, readPath } from '../../../schemas/wording/logic-shape.ts';
import { ListPicker } from '../../fields/pickers/ListPicker.tsx';
import { SchedulePicker } from '../../fields/pickers/SchedulePicker.tsx';
import { type Comparison, otherField, sourceOf, startOf } from '../comparison.ts';
import classes from './Builder.module.css';
import { useBuilder } from './BuilderContext.ts';
import { FixedOperand } from './FixedOperand.tsx';
import { SpanOperand } from './SpanOperand.tsx';
import { ValuesOperand } from './ValuesOperand.tsx';

interface OperandEditorProps {
  label: string;
  comparison: Comparison;
  operand: Logic;
  onChange: (operand: Logic) => void;
}

const sources: Record<Source, { label: string; icon: TablerIcon }> = {
  fixed: { label: 'a fixed value', icon: IconCursorText },
  values: { label: 'one of several values', icon: IconList },
  list: { label: 'a named list', icon: IconListSearch },
  field: { label: 'another field or variable', icon: IconBraces },
  span: { label: 'a time from now', icon: IconClock },
  schedule: { label: 'a schedule', icon: IconCalendarClock },
};

/** The right side of a comparison: where it comes from, and what it is. */
export function OperandEditor({ label, comparison, operand, onChange }: OperandEditorProps) {
  const { fields, isReadOnly } = useBuilder();
  const { operator, field } = comparison;
  const source = sourceOf(operand, comparison);
  const choose = (next: Source) => {
    if (next === source) return;
    const start = startOf(next, field.kind, otherField(field, fields));
    onChange(next === 'values' && typeof operand === 'string' && operand !== '' ? [operand] : start);
  };
  return (
    <div className={classes.operand}>
      {operator.sources.length > 1 && !isReadOnly && (
        <SourceMenu label={label} source={source} sources={operator.sources} onChoose={choose} />
      )}
      <div className={classes.editor}>
        <Editor {...{ label, comparison, operand, onChange, source }} />
      </div>
    </div>
  );
}

function Editor({ label, comparison, operand, onChange, source }: OperandEditorProps & { source: Source | null }) {
  const { fields, isReadOnly } = useBuilder();
  const { field } = comparison;
  switch (source) {
    case 'fixed':
      return <FixedOperand {...{ label, comparison, onChange, isReadOnly }} value={operand} />;
    case 'values':
      return <ValuesOperand values={operand} kind={field.kind} onChange={onChange} isReadOnly={isReadOnly} />;
    case 'span':
      return <SpanOperand operand={operand} onChange={onChange} isReadOnly={isReadOnly} />;
    case 'list':
      return (
        <ListPicker
          size="xs"
          name="List"
          value={firstText(operand)}
          isReadOnly={isReadOnly}
          onChange={(id) => onChange({ list: [id] })}
        />
      );
    case 'schedule':
      return (
        <SchedulePicker
          size="xs"
          name="Schedule"
          value={typeof operand === 'string' ? operand : ''}
          isReadOnly={isReadOnly}
          onChange={onChange}
        />
      );
    case 'field': {
      const paths = fields.filter(({ from }) => from.type === 'path');
      const path = readPath(operand) ?? '';
      const isKnown = paths.some(({ id }) => id === path);
      return (
        <Select
          size="xs"
          aria-label={`${label}: field`}
          searchable
          allowDeselect={false}
          readOnly={isReadOnly}
          data={[
            ...(isKnown ? [] : [{ group: 'Here', items: [{ value: path, label: path }] }]),
            ...[...Map.groupBy(paths, ({ group }) => group)].map(([group, members]) => ({
              group,
              items: members.map(({ id, label: words }) => ({ value: id, label: words })),
            })),
          ]}
          value={path}
          onChange={(next) => next !== null && onChange({ var: next })}
        />
      );
    }
    case null:
      return (
        <Text size="sm" fs="italic" className={classes.computed}>
          {describeLogic(operand)}
        </Text>
      );
  }
}

interface SourceMenuProps {
  label: string;
  source: Source | null;
  sources: readonly Source[];
  onChoose: (source: Source) => void;
}

function SourceMenu({ label, source, sources: offered, onChoose }: SourceMenuProps) {
  const Icon = source === null ? IconBraces : sources[source].icon;
  const words = `${label}: ${source === null ? 'computed' : sources[source].label}`;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Tooltip label={`${words}. Click to change`}>
          <ActionIcon size={30} variant="default" aria-label={words}>
            <Icon size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Compare with</Menu.Label>
        {offered.map((each) => {
          const { label: title, icon: EachIcon } = sources[each];
          return (
            <Menu.Item key={each} leftSection={<EachIcon size={14} />} onClick={() => onChoose(each)}>
              {title}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

function firstText(operand: Logic): string {
  const [first] = readOperation(operand)?.operands ?? [];
  return typeof first === 'string' ? first : '';
}
