import { Checkbox, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { readPattern } from '../../../schemas/addresses/pattern.ts';
import { useFromAddresses } from '../../api/from-addresses.ts';
import { useRoutes } from '../../api/routes.ts';
import { EntryPicker } from '../../fields/pickers/EntryPicker.tsx';
import { FromGroupsPicker } from '../../fields/pickers/FromGroupsPicker.tsx';
import type { RouteFieldsProps } from './route-fields.ts';

export function AnswerFields({ form, onChange, ownId }: RouteFieldsProps & { ownId: string }) {
  const addresses = useFromAddresses().data?.items ?? [];
  const routes = useRoutes().data?.items ?? [];
  const answerable = routes.filter(({ id, pattern }) => {
    const read = readPattern(pattern);
    return id !== ownId && typeof read !== 'string' && read.exact !== null;
  });
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <EntryPicker
          label="From"
          noun="from address"
          placeholder="The address written to"
          isRequired={false}
          value={form.from}
          onChange={(from) => onChange({ from })}
          entries={addresses.map(({ id, address, name, problem }) => ({
            id,
            name: address,
            detail: problem ? 'its domain is not verified' : name || id,
          }))}
        />
        <TextInput
          label="Name of the sender"
          placeholder="That of the from address"
          maxLength={200}
          value={form.fromName}
          onChange={({ currentTarget }) => onChange({ fromName: currentTarget.value })}
        />
        <Select
          label="Replies go to"
          description="The address of another route"
          placeholder="The same address"
          clearable
          searchable
          data={answerable.map(({ id, name, pattern }) => ({
            value: id,
            label: name ? `${name} · ${pattern}` : pattern,
          }))}
          value={form.replyTo || null}
          onChange={(replyTo) => onChange({ replyTo: replyTo ?? '' })}
        />
        <TagsInput
          label="Blind copies to"
          description="At most 5; Enter after each one"
          placeholder={form.bcc.length === 0 ? 'archive@example.com' : ''}
          maxTags={5}
          value={form.bcc}
          onChange={(bcc) => onChange({ bcc })}
        />
      </SimpleGrid>
      <FromGroupsPicker
        description="Beside the address above. Without a group here or in the queue: the group of that address"
        value={form.fromGroups}
        onChange={(fromGroups) => onChange({ fromGroups })}
      />
      <Checkbox
        label="Signed address for replies"
        description="Replies go to the address with +… in it, by which they are known even where a mail program drops the references. The server of the address must deliver plus-addresses: the built-in receiver does"
        checked={form.replyToken}
        onChange={({ currentTarget }) => onChange({ replyToken: currentTarget.checked })}
      />
      <Textarea
        label="Signature"
        placeholder="Your support team"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5_000}
        value={form.signature}
        onChange={({ currentTarget }) => onChange({ signature: currentTarget.value })}
      />
      <Checkbox
        label="Quote the mail below"
        description="Automatic answers quote it only where DMARC proved the sender: a forged mail would have us carry its text to somebody else"
        checked={form.history}
        onChange={({ currentTarget }) => onChange({ history: currentTarget.checked })}
      />
    </Stack>
  );
}
