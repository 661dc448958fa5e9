import { Button, NumberInput, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { AlarmSettingsView } from '../../../schemas/api/alarms.ts';
import { useAlarmSettings, useSaveAlarmSettings, useTestWebhook } from '../../api/alarms.ts';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from '../settings/Section.tsx';

const waits = [
  { field: 'failingMinutes', label: 'Cannot be read', hint: 'minutes without a connection' },
  { field: 'laggingMinutes', label: 'Falls behind', hint: 'minutes without coming closer' },
  { field: 'silentMinutes', label: 'Silent', hint: 'minutes at least, however busy it is' },
] as const;

/** When trouble is an alarm, and where it is told. */
export function AlarmSettings() {
  const settings = useAlarmSettings();
  return (
    <Section
      title="When and where"
      description="How long trouble may last before it is an alarm, and another system that is told of each."
    >
      <Resource query={settings} name="The settings of alarms">
        {(stored) => <AlarmSettingsForm stored={stored} />}
      </Resource>
    </Section>
  );
}

function AlarmSettingsForm({ stored }: { stored: AlarmSettingsView }) {
  const save = useSaveAlarmSettings();
  const test = useTestWebhook();
  const flat = { ...stored.patience, url: stored.webhook?.url ?? '', secret: '' };
  type Flat = typeof flat;
  const saveFlat = {
    isPending: save.isPending,
    error: save.error,
    mutate({ url, secret, ...patience }: Flat, options: { onSuccess: () => void }) {
      const webhook = url.trim() === '' ? null : { url: url.trim(), ...(secret !== '' && { secret }) };
      save.mutate({ patience, webhook }, options);
    },
  };
  const sendTest = () =>
    test.mutate(undefined, {
      onSuccess: ({ ok, message }) => (ok ? notifyDone(message) : notifyError(new Error(message), 'Not delivered')),
      onError: (error) => notifyError(error),
    });
  return (
    <StoredForm
      stored={flat}
      save={saveFlat}
      actions={() => (
        <Button
          variant="default"
          leftSection={<IconSend size={16} />}
          disabled={stored.webhook === null}
          loading={test.isPending}
          onClick={sendTest}
        >
          Send a test message
        </Button>
      )}
    >
      {(value, change) => (
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {waits.map(({ field, label, hint }) => (
              <NumberInput
                key={field}
                label={label}
                description={hint}
                min={1}
                max={10_080}
                value={value[field]}
                onChange={(minutes) => change({ [field]: Number(minutes) || 1 })}
              />
            ))}
          </SimpleGrid>
          <TextInput
            label="Webhook"
            description="Gets a POST with JSON for each alarm that is raised or cleared; empty for none"
            placeholder="https://alerts.example.org/sluice"
            value={value.url}
            onChange={({ currentTarget }) => change({ url: currentTarget.value })}
          />
          <PasswordInput
            label="Secret"
            description="Signs each message (HMAC-SHA-256, header Sluice-Signature); at least 16 characters"
            placeholder={stored.webhook === null ? '' : 'Stays as it is'}
            autoComplete="new-password"
            value={value.secret}
            onChange={({ currentTarget }) => change({ secret: currentTarget.value })}
          />
          {stored.undelivered > 0 && (
            <Text size="sm" c="orange">
              {stored.undelivered} messages could not be delivered yet, and are tried again.
            </Text>
          )}
        </Stack>
      )}
    </StoredForm>
  );
}
