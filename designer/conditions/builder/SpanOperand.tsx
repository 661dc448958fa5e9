import { Group, NumberInput, Select } from '@mantine/core';
import type { Logic } from '../../../schemas/logic.ts';
import { isTimeUnit, timeUnits } from '../../../schemas/operators.ts';
import { readOperation } from '../../../schemas/wording/logic-shape.ts';

interface SpanOperandProps {
  operand: Logic;
  onChange: (operand: Logic) => void;
  isReadOnly: boolean;
}

const choices = Object.keys(timeUnits).flatMap((unit) => [
  { value: `-${unit}`, label: `${unit} ago` },
  { value: `+${unit}`, label: `${unit} from now` },
]);

/** A moment counted from the run: "3 days ago". */
export function SpanOperand({ operand, onChange, isReadOnly }: SpanOperandProps) {
  const [amount = -1, unit = 'days'] = readOperation(operand)?.operands ?? [];
  const count = typeof amount === 'number' ? amount : -1;
  const write = (next: number, of: string) => {
    if (isTimeUnit(of)) onChange({ 'from-now': [next, of] });
  };
  return (
    <Group gap={4} wrap="nowrap">
      <NumberInput
        size="xs"
        w={72}
        min={0}
        aria-label="How long"
        value={Math.abs(count)}
        readOnly={isReadOnly}
        onChange={(next) => typeof next === 'number' && write(count > 0 ? next : -next, String(unit))}
      />
      <Select
        size="xs"
        flex={1}
        aria-label="Before or after now"
        data={choices}
        value={`${count > 0 ? '+' : '-'}${String(unit)}`}
        allowDeselect={false}
        readOnly={isReadOnly}
        onChange={(next) =>
          next !== null && write(next.startsWith('+') ? Math.abs(count) : -Math.abs(count), next.slice(1))
        }
      />
    </Group>
  );
}
