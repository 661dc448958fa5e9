import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { FilterKeyword, FilterRules } from '../../../schemas/filters.ts';
import { useLists } from '../../api/lists.ts';

interface FilterFieldsProps {
  rules: FilterRules;
  change: (part: Partial<FilterRules>) => void;
}

const senderHint = 'name@example.org, example.org, or *.example.org; Enter after each';
const million = 1_000_000;

/** The rules of one mailbox or of all. */
export function FilterFields({ rules, change }: FilterFieldsProps) {
  const lists = useLists().data?.items ?? [];
  const listData = lists.map(({ id, name }) => ({ value: id, label: name }));
  const senders = (label: string, field: 'allow' | 'block', listField: 'allowLists' | 'blockLists') => (
    <Stack gap={6}>
      <TagsInput
        label={label}
        description={senderHint}
        splitChars={[',', ' ', ';']}
        value={rules[field]}
        onChange={(value) => change({ [field]: value })}
      />
      {listData.length > 0 && (
        <MultiSelect
          aria-label={`${label}: lists`}
          placeholder={rules[listField].length === 0 ? 'and all senders of a list' : ''}
          data={listData}
          value={rules[listField]}
          onChange={(value) => change({ [listField]: value })}
        />
      )}
    </Stack>
  );
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {senders('Always let in', 'allow', 'allowLists')}
        {senders('Keep out', 'block', 'blockLists')}
      </SimpleGrid>
      <Checkbox
        label="Only senders on the list above are let in"
        checked={rules.onlyAllowed}
        onChange={({ currentTarget }) => change({ onlyAllowed: currentTarget.checked })}
      />
      <Keywords keywords={rules.keywords} onChange={(keywords) => change({ keywords })} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label="Attached files, at most"
          placeholder="No limit"
          min={0}
          max={1_000}
          value={rules.maxAttachments ?? ''}
          onChange={(value) => change({ maxAttachments: value === '' ? null : Number(value) })}
        />
        <NumberInput
          label="Their size together, at most (MB)"
          placeholder="No limit"
          min={0}
          max={100}
          value={rules.maxAttachmentBytes === null ? '' : rules.maxAttachmentBytes / million}
          onChange={(value) =>
            change({ maxAttachmentBytes: value === '' ? null : Math.round(Number(value) * million) })
          }
        />
      </SimpleGrid>
      <Checkbox
        label="Ask strangers to confirm"
        description="A sender whom nobody here has written to gets one mail with a link; theirs is held until they press its button. Never sent to automatic mail, lists, or an address that no trusted server has proved."
        checked={rules.confirmStrangers}
        onChange={({ currentTarget }) => change({ confirmStrangers: currentTarget.checked })}
      />
    </Stack>
  );
}

function Keywords({
  keywords,
  onChange,
}: {
  keywords: FilterKeyword[];
  onChange: (keywords: FilterKeyword[]) => void;
}) {
  const set = (place: number, part: Partial<FilterKeyword>) =>
    onChange(keywords.map((keyword, index) => (index === place ? { ...keyword, ...part } : keyword)));
  return (
    <Stack gap="xs" role="group" aria-label="Words to keep out">
      <Text size="sm" fw={500}>
        Words to keep out
      </Text>
      {keywords.map((keyword, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: keywords have no name of their own, and only the last one is added
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={`Header ${index + 1}`}
            w={150}
            value={keyword.header}
            onChange={({ currentTarget }) => set(index, { header: currentTarget.value })}
          />
          <TextInput
            aria-label={`Text ${index + 1}`}
            flex={1}
            placeholder={keyword.isPattern ? 'Regular expression' : 'Any part of it, whatever the case'}
            value={keyword.text}
            onChange={({ currentTarget }) => set(index, { text: currentTarget.value })}
          />
          <Checkbox
            label="Pattern"
            aria-label={`Text ${index + 1} is a pattern`}
            checked={keyword.isPattern ?? false}
            onChange={({ currentTarget }) => set(index, { isPattern: currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the words ${index + 1}`}
            onClick={() => onChange(keywords.filter((_, place) => place !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...keywords, { header: 'subject', text: '' }])}
      >
        Add words
      </Button>
    </Stack>
  );
}
