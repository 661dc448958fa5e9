import { ColorSwatch, Group, NumberInput, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type NoteColour, noteSize } from '../../schemas/drawing.ts';
import { changeStickyNote } from '../state/commands/sticky-notes.ts';
import { useEditorStore, useSheet } from '../state/useEditor.ts';

/** Each with the Mantine colour that comes nearest to it. */
const colours: Readonly<Record<NoteColour, string>> = {
  yellow: 'yellow',
  blue: 'blue',
  green: 'green',
  red: 'red',
  grey: 'gray',
};

/** A sticky note: all that the canvas can do to it, without a mouse. */
export function NoteInspector({ id }: { id: string }) {
  const store = useEditorStore();
  const note = useSheet((sheet) => sheet.notes?.[id]);
  if (note === undefined) return null;
  const change = (part: Parameters<typeof changeStickyNote>[1]) => store.getState().run(changeStickyNote(id, part));
  const size = (label: string, key: 'width' | 'height') => (
    <NumberInput
      label={label}
      value={note[key]}
      onChange={(value) => typeof value === 'number' && change({ [key]: value })}
      min={noteSize.least}
      max={noteSize.most}
      clampBehavior="strict"
      allowDecimal={false}
      step={20}
    />
  );
  return (
    <Stack gap="md" p="md">
      <div>
        <Text fw={600} size="md">
          Sticky note
        </Text>
        <Text size="xs" c="var(--sluice-muted)">
          For colleagues: it changes nothing that the flow does.
        </Text>
      </div>
      <Textarea
        label="Text"
        value={note.text}
        onChange={({ currentTarget }) => change({ text: currentTarget.value })}
        maxLength={10_000}
        autosize
        minRows={3}
        maxRows={14}
      />
      <Radio.Group
        label="Colour"
        value={note.colour}
        onChange={(value) => {
          if (isColour(value)) change({ colour: value });
        }}
      >
        <Group gap="sm" mt={4}>
          {Object.entries(colours).map(([colour, shown]) => (
            <Radio
              key={colour}
              value={colour}
              size="xs"
              label={
                <Group gap={5} wrap="nowrap">
                  <ColorSwatch size={12} color={`var(--mantine-color-${shown}-5)`} withShadow={false} aria-hidden />
                  {colour}
                </Group>
              }
            />
          ))}
        </Group>
      </Radio.Group>
      <Group grow>
        {size('Width', 'width')}
        {size('Height', 'height')}
      </Group>
    </Stack>
  );
}

function isColour(value: string): value is NoteColour {
  return Object.hasOwn(colours, value);
}
