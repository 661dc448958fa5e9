import { TagsInput, Text } from '@mantine/core';
import type { GeneralSettings } from '../../../schemas/api/system.ts';
import { useGeneralSettings, useSaveGeneralSettings } from '../../api/settings.ts';
import { useSystem } from '../../api/system.ts';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from './Section.tsx';

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
  return (
    <StoredForm stored={stored} save={save}>
      {(value, change) => (
        <>
          <Text size="sm">
            {receiver === null && 'It is switched off (SLUICE_SMTP_PORT is 0).'}
            {receiver && `It listens on ${receiver.host}:${receiver.port}.`}
          </Text>
          <TagsInput
            label="Domains"
            description="Enter after each one"
            placeholder="example.com"
            value={value.receiver.domains}
            onChange={(domains) => change({ receiver: { domains } })}
          />
        </>
      )}
    </StoredForm>
  );
}
