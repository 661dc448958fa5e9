import { Collapse, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { MailboxPicker } from '../fields/pickers/MailboxPicker.tsx';
import { useEditor } from '../state/useEditor.ts';
import { ServiceAnswers } from './ServiceAnswers.tsx';
import { dataActions, type ServiceChoicesStore } from './service-choices.ts';
import { TriedFolder } from './TriedFolder.tsx';
import type { Situation, TryStore } from './try-store.ts';

/** When and by which way the mail comes, and who answers for the services. */
export function TrySituation({ trial, services }: { trial: TryStore; services: ServiceChoicesStore }) {
  const situation = useStore(trial, (state) => state.situation);
  const choices = useStore(services, (state) => state.choices);
  const exchanges = useStore(trial, (state) => state.result?.exchanges);
  const hasServices = useEditor((state) => dataActions(state.history.flow, exchanges).length > 0);
  const [isOpen, setIsOpen] = useState(false);
  const change = (part: Situation, key: keyof Situation) => {
    const { [key]: _, ...rest } = situation;
    trial.getState().situate({ ...rest, ...part });
  };
  const chosen = Object.keys(situation).length + Object.values(choices).filter(({ by }) => by !== 'service').length;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Stack gap={8}>
      <UnstyledButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Group gap={4} wrap="nowrap">
          <Chevron size={14} aria-hidden />
          <Text size="sm" fw={600}>
            {hasServices ? 'When, where, and services' : 'When and where'}
          </Text>
          {chosen > 0 && (
            <Text size="xs" c="var(--sluice-muted)">
              {chosen} set
            </Text>
          )}
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap={8}>
          <TextInput
            size="xs"
            type="datetime-local"
            label="It comes at"
            description="Empty: now"
            value={localMoment(situation.now)}
            onChange={({ currentTarget }) => change(moment(currentTarget.value), 'now')}
          />
          <MailboxPicker
            size="xs"
            label="In the mailbox"
            placeholder="The one whose route leads here"
            isRequired={false}
            value={situation.mailbox ?? ''}
            onChange={(mailbox) => {
              const { folder: _folder, mailbox: _mailbox, ...rest } = situation;
              // A folder is one of the mailbox that it was chosen for.
              trial.getState().situate(mailbox === '' ? rest : { ...rest, mailbox });
            }}
          />
          <TriedFolder
            mailbox={situation.mailbox ?? ''}
            value={situation.folder}
            onChange={(folder) => change(folder === undefined ? {} : { folder }, 'folder')}
          />
          <TextInput
            size="xs"
            label="To the address"
            placeholder="The mail’s own recipient"
            value={situation.address ?? ''}
            onChange={({ currentTarget: { value } }) => change(value === '' ? {} : { address: value }, 'address')}
          />
          {hasServices && <ServiceAnswers trial={trial} services={services} />}
        </Stack>
      </Collapse>
    </Stack>
  );
}

function moment(local: string): Situation {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? {} : { now: time.toISOString() };
}

/** As `datetime-local` writes it: this machine's time, without a zone. */
function localMoment(now: string | undefined): string {
  if (now === undefined) return '';
  const time = new Date(now);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
