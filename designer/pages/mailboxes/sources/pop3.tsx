import { Group, NumberInput, Select } from '@mantine/core';
import { pop3Ports } from '../../../../schemas/sources/pop3.ts';
import { commonOf, isServerComplete, serverFields, serverOf } from '../mailbox-form.ts';
import { ServerFields } from './ServerFields.tsx';
import type { OwnFieldsProps, SourceForm } from './source-form.ts';
import { TakeDaysField } from './TakeDaysField.tsx';

export const pop3Form: SourceForm = {
  label: 'POP3',
  ports: pop3Ports,
  pollHint: 'A POP3 server never tells by itself: this is the longest that a mail waits there',
  bodyOf: (form) => ({
    ...commonOf(form),
    type: 'pop3',
    ...serverOf(form),
    deleteAfterDays: form.deleteAfterDays,
    takeDays: form.takeDays,
  }),
  fieldsOf: ({ pop3 }) => ({
    ...(pop3 && { ...serverFields(pop3), deleteAfterDays: pop3.deleteAfterDays ?? null }),
  }),
  whereOf: ({ pop3 }) => (pop3 ? `${pop3.host}:${pop3.port}` : ''),
  factOf: ({ pop3, pollSeconds }) => ({
    label: 'On the server',
    text: inWords(pop3?.deleteAfterDays),
    hint: `Looked at every ${pollSeconds} s`,
  }),
  isComplete: isServerComplete,
  ConnectionFields: (props) => <ServerFields {...props} label="POP3" example="pop.example.com" ports={pop3Ports} />,
  OwnFields,
};

function inWords(days: number | undefined): string {
  if (days === undefined) return 'mails stay';
  if (days === 0) return 'deleted once taken';
  return days === 1 ? 'deleted after 1 day' : `deleted after ${days} days`;
}

const usualDays = 14;
const choices = [
  { value: 'keep', label: 'Leave them on the server' },
  { value: 'later', label: 'Delete them some days later' },
  { value: 'at-once', label: 'Delete them at once' },
];

function OwnFields(props: OwnFieldsProps) {
  return (
    <>
      <Deletion {...props} />
      {props.isNew && (
        <TakeDaysField {...props} hint="Once, by the times in their Received and Date headers: POP3 knows no other" />
      )}
    </>
  );
}

function Deletion({ form, onChange }: OwnFieldsProps) {
  const { deleteAfterDays: days } = form;
  const choice = days === null ? 'keep' : days === 0 ? 'at-once' : 'later';
  return (
    <Group align="flex-end" grow preventGrowOverflow={false}>
      <Select
        label="Mails that were taken"
        description="Deleted only once stored here"
        allowDeselect={false}
        data={choices}
        value={choice}
        onChange={(chosen) =>
          onChange({ deleteAfterDays: chosen === 'keep' ? null : chosen === 'at-once' ? 0 : usualDays })
        }
        style={{ flex: '3 1 200px' }}
      />
      {choice === 'later' && (
        <NumberInput
          label="Days"
          required
          min={1}
          max={365}
          allowDecimal={false}
          clampBehavior="strict"
          maw={110}
          value={days ?? usualDays}
          onChange={(value) => onChange({ deleteAfterDays: Math.max(1, Number(value)) })}
        />
      )}
    </Group>
  );
}
