import { NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { maxBytesLimits } from '../../../schemas/api/mailboxes.ts';
import { addressPattern } from '../../../schemas/entered-texts.ts';
import { useFlows } from '../../api/flows.ts';
import { NoteFields } from './fields/NoteFields.tsx';
import { More } from './More.tsx';
import { type MailboxForm, megabyte, nameFrom } from './mailbox-form.ts';
import { sourceForms } from './sources/index.ts';
import type { OwnFieldsProps } from './sources/source-form.ts';
import { TypeChoice } from './TypeChoice.tsx';

interface MailboxFieldsProps {
  form: MailboxForm;
  onChange: (part: Partial<MailboxForm>) => void;
  isNew: boolean;
  /** Folders that Verify found. */
  folders: OwnFieldsProps['folders'];
}

export function MailboxFields({ form, onChange, isNew, folders }: MailboxFieldsProps) {
  const { ConnectionFields, OwnFields } = sourceForms[form.type];
  const changeAddress = (address: string) => {
    // The name and the user follow the address until somebody gives them one of their own.
    onChange({
      address,
      ...(form.name === nameFrom(form.address) && { name: nameFrom(address) }),
      ...(form.username === form.address && { username: address }),
    });
  };

  return (
    <Stack gap="md">
      {isNew && <TypeChoice form={form} onChange={onChange} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Address"
          description="The address that people write to"
          placeholder="support@example.com"
          required
          // One that is stored already may be none; it takes mail all the same, and nobody should have to mend it for something else.
          pattern={isNew ? addressPattern : undefined}
          title="An address such as support@example.com"
          data-autofocus
          value={form.address}
          onChange={(event) => changeAddress(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          description="Letters, digits and @ _ . -, at most 40"
          required
          maxLength={40}
          pattern="[A-Za-z0-9@_.\-]{1,40}"
          title="Letters, digits and @ _ . -, at most 40"
          value={form.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </SimpleGrid>
      <ConnectionFields form={form} onChange={onChange} isNew={isNew} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <OwnFields form={form} onChange={onChange} folders={folders} isNew={isNew} />
        {isNew && <FlowSelect value={form.flow} onChange={(flow) => onChange({ flow })} />}
      </SimpleGrid>
      <RareFields form={form} onChange={onChange} />
    </Stack>
  );
}

/** What most mailboxes never need. */
function RareFields({ form, onChange }: Pick<MailboxFieldsProps, 'form' | 'onChange'>) {
  const { pollHint, ports } = sourceForms[form.type];
  return (
    <More>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label="Looks for mail every"
          description={pollHint}
          suffix=" s"
          min={30}
          max={3_600}
          value={form.pollSeconds}
          onChange={(pollSeconds) => onChange({ pollSeconds: Number(pollSeconds) })}
        />
        <NumberInput
          label="Maximum size"
          description="Of a larger mail, headers and first text are taken; the rest is fetched when asked for"
          suffix=" MB"
          min={maxBytesLimits.least / megabyte}
          max={maxBytesLimits.most / megabyte}
          allowDecimal={false}
          placeholder="As it was"
          value={form.maxMegabytes ?? ''}
          onChange={(size) => onChange({ maxMegabytes: size === '' ? null : Number(size) })}
        />
      </SimpleGrid>
      <NoteFields form={form} onChange={onChange} hasServer={ports !== null} />
    </More>
  );
}

function FlowSelect({ value, onChange }: { value: string | null; onChange: (flow: string | null) => void }) {
  const flows = useFlows().data?.items ?? [];
  return (
    <Select
      label="Flow"
      description="Makes a route: mail of this mailbox runs this flow"
      placeholder="Made on the page Routes"
      clearable
      searchable
      data={flows.map((flow) => ({ value: flow.id, label: flow.name }))}
      value={value}
      onChange={onChange}
    />
  );
}
