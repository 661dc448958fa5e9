import { Input, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { useId } from 'react';
import { senderTypeNames } from '../../../schemas/senders/index.ts';
import { NoteFields } from './fields/NoteFields.tsx';
import { More } from './More.tsx';
import type { OutboundForm } from './outbound-form.ts';
import { senderForms } from './senders/index.ts';

interface OutboundFieldsProps {
  form: OutboundForm;
  onChange: (part: Partial<OutboundForm>) => void;
  isNew: boolean;
}

const types = senderTypeNames.map((value) => ({ value, label: senderForms[value].label }));

const envelopeSenders = [
  { value: 'nobody', label: 'Nobody (the null sender of RFC 3834)' },
  { value: 'bounces', label: 'Sluice, at a bounce address: failures are matched' },
  { value: 'from', label: 'The From address' },
] as const;

export function OutboundFields({ form, onChange, isNew }: OutboundFieldsProps) {
  const id = useId();
  const { Fields } = senderForms[form.type];
  const text = (name: 'name' | 'from' | 'fromName' | 'bounceAddress') => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <Stack gap="md">
      {isNew && (
        <Input.Wrapper label="Protocol" labelElement="div" labelProps={{ id }}>
          <div>
            <SegmentedControl
              aria-labelledby={id}
              data={types}
              value={form.type}
              onChange={(type) => onChange({ type })}
              mt={4}
            />
          </div>
        </Input.Wrapper>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Name"
          description="Letters, digits and @ _ . -, at most 40"
          required
          maxLength={40}
          pattern="[A-Za-z0-9@_.\-]{1,40}"
          title="Letters, digits and @ _ . -, at most 40"
          data-autofocus
          {...text('name')}
        />
        <TextInput
          label="From address"
          description="Put in place of the address that a mail came to"
          placeholder="Answers come from the address that was written to"
          type="email"
          {...text('from')}
        />
      </SimpleGrid>
      <Fields form={form} onChange={onChange} isNew={isNew} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="Who hears of mails that cannot be delivered"
          description="Matched to what was sent where Sluice hears of it"
          allowDeselect={false}
          data={[...envelopeSenders]}
          value={form.envelopeSender}
          onChange={(chosen) => {
            const choice = envelopeSenders.find(({ value }) => value === chosen);
            if (choice) onChange({ envelopeSender: choice.value });
          }}
        />
        <TextInput
          label="Bounce address"
          description="One that Sluice reads; reports come to bounces+…"
          placeholder="bounces@example.com"
          type="email"
          required={form.envelopeSender === 'bounces'}
          {...text('bounceAddress')}
        />
      </SimpleGrid>
      <More>
        <TagsInput
          label="Sends for"
          description="Addresses, or *@ and a domain, whose mail leaves here though this is not the default"
          placeholder={form.sendsFor.length === 0 ? '*@shop.example.com' : ''}
          value={form.sendsFor}
          onChange={(sendsFor) => onChange({ sendsFor })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <NumberInput
            label="Connections at a time"
            description="At most 100"
            min={1}
            max={100}
            allowDecimal={false}
            value={form.connections}
            onChange={(connections) => onChange({ connections: Number(connections) })}
          />
          <NumberInput
            label="Mails per connection"
            description="Then it is opened anew"
            min={1}
            max={10_000}
            allowDecimal={false}
            value={form.mailsPerConnection}
            onChange={(mailsPerConnection) => onChange({ mailsPerConnection: Number(mailsPerConnection) })}
          />
          <TextInput label="From name" description="Beside the address" maxLength={200} {...text('fromName')} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Limit label="Mails per second" value={form.perSecond} onChange={(perSecond) => onChange({ perSecond })} />
          <Limit label="Mails per minute" value={form.perMinute} onChange={(perMinute) => onChange({ perMinute })} />
          <Limit label="Mails per day" value={form.perDay} onChange={(perDay) => onChange({ perDay })} />
        </SimpleGrid>
        <NoteFields form={form} onChange={onChange} hasServer={form.type === 'smtp'} />
      </More>
    </Stack>
  );
}

interface LimitProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** What a limit holds back waits; it is not lost. */
function Limit({ label, value, onChange }: LimitProps) {
  return (
    <NumberInput
      label={label}
      placeholder="No limit"
      min={1}
      allowDecimal={false}
      value={value ?? ''}
      onChange={(entered) => onChange(entered === '' ? null : Number(entered))}
    />
  );
}
