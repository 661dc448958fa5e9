import { Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { maxRecipients, type ReplyDraftBody, type ReplyStart } from '../../../../schemas/api/replies.ts';
import classes from './ReplyAddresses.module.css';
import { senderLabel, senderValue } from './reply-form.ts';

interface ReplyAddressesProps {
  start: ReplyStart;
  draft: ReplyDraftBody;
  onChange: (change: Partial<ReplyDraftBody>) => void;
  problem: string | undefined;
}

/** Who writes to whom, about what. */
export function ReplyAddresses({ start, draft, onChange, problem }: ReplyAddressesProps) {
  const { senders } = start;
  const [usual] = senders;
  const chosen = senders.find((sender) => senderValue(sender) === (draft.from ?? usual?.id ?? '')) ?? usual;
  const groups = [...new Set(senders.map(({ group }) => group))];
  const addresses = (values: string[]) => values.map((value) => value.trim()).filter((value) => value !== '');
  return (
    <Stack gap="xs">
      {senders.length > 1 ? (
        <Select
          label="From"
          classNames={{ root: classes.field }}
          data={groups.map((group) => ({
            group: group || 'Of the route',
            items: senders
              .filter((sender) => sender.group === group)
              .map((sender) => ({
                value: senderValue(sender),
                label: senderLabel(sender),
                disabled: sender.problem !== '',
              })),
          }))}
          value={chosen === undefined ? null : senderValue(chosen)}
          allowDeselect={false}
          error={chosen?.problem || undefined}
          onChange={(from) => onChange({ from: from === null || from === '' ? undefined : from })}
        />
      ) : (
        <Text size="sm" c={chosen?.problem ? 'var(--sluice-warning)' : 'var(--sluice-muted)'}>
          {chosen?.address ? (
            <>
              From <bdi>{senderLabel(chosen)}</bdi>
              {chosen.problem && `: ${chosen.problem}`}
            </>
          ) : (
            'There is no address to answer from: give the route a from address.'
          )}
        </Text>
      )}
      <TagsInput
        label="To"
        classNames={{ root: classes.field }}
        value={draft.to}
        splitChars={[',', ';', ' ']}
        maxTags={maxRecipients}
        error={problem}
        onChange={(to) => onChange({ to: addresses(to) })}
      />
      <TagsInput
        label="Cc"
        classNames={{ root: classes.field }}
        value={draft.cc}
        splitChars={[',', ';', ' ']}
        maxTags={maxRecipients}
        onChange={(cc) => onChange({ cc: addresses(cc) })}
      />
      <TextInput
        label="Subject"
        classNames={{ root: classes.field }}
        maxLength={300}
        dir="auto"
        value={draft.subject}
        onChange={({ currentTarget }) => onChange({ subject: currentTarget.value })}
      />
    </Stack>
  );
}
