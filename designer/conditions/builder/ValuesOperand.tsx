import { Button, Group, Modal, Stack, TagsInput, Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { type ClipboardEvent, useState } from 'react';
import type { Logic } from '../../../schemas/logic.ts';
import type { ValueKind } from '../../../schemas/wording/condition-fields.ts';
import { isList } from '../../../schemas/wording/logic-shape.ts';
import { ListPicker } from '../../fields/pickers/ListPicker.tsx';
import { ValuesEditor } from '../../fields/values/ValuesEditor.tsx';
import { formatCount } from '../../shell/format.ts';

interface ValuesOperandProps {
  values: Logic;
  kind: ValueKind;
  onChange: (values: Logic) => void;
  isReadOnly: boolean;
}

/** More are no longer read as tags. */
const fewest = 12;
/** What one condition can hold; more belong in a named list. */
const most = 5_000;

/** Several values in the flow itself: a few as tags, many in a dialog of their own. */
export function ValuesOperand({ values, kind, onChange, isReadOnly }: ValuesOperandProps) {
  const texts = isList(values) ? values.map((each) => (each === null ? '' : String(each))) : [];
  const [editing, setEditing] = useState<{ given?: string } | null>(null);
  const change = (next: readonly string[]) =>
    onChange(kind === 'number' ? next.map(Number).filter(Number.isFinite) : [...next]);
  const paste = (event: ClipboardEvent) => {
    const given = event.clipboardData.getData('text/plain');
    if (!/[\n\t]/.test(given.trim())) return;
    event.preventDefault();
    event.stopPropagation();
    setEditing({ given });
  };
  return (
    <>
      {texts.length <= fewest ? (
        <TagsInput
          size="xs"
          aria-label="Values"
          placeholder={texts.length === 0 ? 'Type, or paste from a spreadsheet' : ''}
          value={texts}
          splitChars={[',', ';']}
          acceptValueOnBlur
          maxDropdownHeight={0}
          readOnly={isReadOnly}
          onPasteCapture={paste}
          onChange={change}
        />
      ) : (
        <Text size="xs" lineClamp={2}>
          {formatCount(texts.length)} values: {texts.slice(0, 5).join(', ')} …
        </Text>
      )}
      {(!isReadOnly || texts.length > fewest) && (
        <Button
          variant="subtle"
          size="compact-xs"
          px={4}
          leftSection={<IconListDetails size={12} />}
          onClick={() => setEditing({})}
        >
          {isReadOnly ? 'See all' : 'Edit as a list'}
        </Button>
      )}
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title="Values" size="md">
        <Stack gap="md">
          <ValuesEditor
            label="Values"
            values={texts}
            onChange={change}
            most={most}
            isReadOnly={isReadOnly}
            {...(editing?.given === undefined ? {} : { given: editing.given })}
          />
          {!isReadOnly && (
            <Group align="flex-end" justify="space-between" gap="sm">
              <ListPicker
                size="xs"
                label="Or use a list that all flows share"
                value=""
                isRequired={false}
                values={texts}
                onChange={(id) => {
                  setEditing(null);
                  if (id !== '') onChange({ list: [id] });
                }}
              />
              <Button onClick={() => setEditing(null)}>Done</Button>
            </Group>
          )}
        </Stack>
      </Modal>
    </>
  );
}
