import { TagsInput, Text } from '@mantine/core';
import type { GeneralSettings } from '../../../schemas/api/system.ts';
import { useGeneralSettings, useSaveGeneralSettings } from '../../api/settings.ts';
import { useSystem } from '../../api/system.ts';
import { notifyDone } from '../../shell/notify.ts';
import { Resource } from '../../shell/Resource.tsx';
import { SaveBar } from './SaveBar.tsx';
import { Section } from './Section.tsx';
import { useForm } from './useForm.ts';

export function ReceiverSection() {
  const settings = useGeneralSettings();
  return (
    <Section
      title="Receiver"
      description="Programs and mail servers can hand mail over to Sluice by SMTP. It takes mail for these domains only and refuses all other with 550."
    >
      <Resource query={settings} name="The settings">
        {(stored) => <ReceiverForm stored={stored} />}
      </Resource>
    </Section>
  );
}

function ReceiverForm({ stored }: { stored: GeneralSettings }) {
  const receiver = useSystem().data?.receiver;
  const save = useSaveGeneralSettings();
  const form = useForm(stored);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(form.value, {
          onSuccess: () => {
            form.undo();
            notifyDone('Saved');
          },
        });
      }}
    >
      <Text size="sm" mb="sm">
        {receiver === null && 'It is switched off (SLUICE_SMTP_PORT is 0).'}
        {receiver && `It listens on ${receiver.host}:${receiver.port}.`}
      </Text>
      <TagsInput
        label="Domains"
        description="Enter after each one"
        placeholder="example.com"
        value={form.value.receiver.domains}
        onChange={(domains) => form.change({ receiver: { domains } })}
        mb="md"
      />
      <SaveBar save={save} isChanged={form.isChanged} onUndo={form.undo} />
    </form>
  );
}
