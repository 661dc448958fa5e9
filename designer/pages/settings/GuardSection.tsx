import { NumberInput, SimpleGrid, TagsInput } from '@mantine/core';
import type { GeneralSettings } from '../../../schemas/api/system.ts';
import type { Budgets } from '../../../schemas/settings.ts';
import { useGeneralSettings, useSaveGeneralSettings } from '../../api/settings.ts';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from './Section.tsx';

const budgets: readonly { key: keyof Budgets; label: string; description: string; max: number }[] = [
  { key: 'perSenderPerHour', label: 'To one sender', description: 'in an hour', max: 10_000 },
  { key: 'perThreadPerDay', label: 'In one conversation', description: 'in a day', max: 10_000 },
  {
    key: 'perMailboxUnprovedPerHour',
    label: 'To unproved senders',
    description: 'from one mailbox in an hour',
    max: 1_000_000,
  },
  { key: 'perMailboxPerHour', label: 'From one mailbox', description: 'in an hour', max: 1_000_000 },
];

/** Limits that no flow can turn off. */
export function GuardSection() {
  const settings = useGeneralSettings();
  return (
    <Resource query={settings} name="The limits">
      {(stored) => <GuardForm stored={stored} />}
    </Resource>
  );
}

function GuardForm({ stored }: { stored: GeneralSettings }) {
  const save = useSaveGeneralSettings();
  return (
    <StoredForm stored={stored} save={save}>
      {(value, change) => (
        <>
          <Section
            title="Auto-responses"
            description="How many may leave. What is over a limit is withheld and shown in the outbox: a mail loop that every other check missed ends here."
          >
            <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
              {budgets.map(({ key, label, description, max }) => (
                <NumberInput
                  key={key}
                  label={label}
                  description={description}
                  min={1}
                  max={max}
                  allowDecimal={false}
                  thousandSeparator=","
                  required
                  value={value.budgets[key] ?? ''}
                  onChange={(next) => change({ budgets: { ...value.budgets, [key]: Number(next) } })}
                />
              ))}
            </SimpleGrid>
          </Section>
          <Section
            title="Services inside your network"
            description="Data actions may call any public web service, and of private addresses only these."
          >
            <TagsInput
              label="Allowed hosts"
              description="host:port, Enter after each one"
              placeholder="classifier.internal:8080"
              value={value.outgoingAllow}
              onChange={(outgoingAllow) => change({ outgoingAllow })}
            />
          </Section>
        </>
      )}
    </StoredForm>
  );
}
