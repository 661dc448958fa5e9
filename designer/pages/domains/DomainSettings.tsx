import { Checkbox, TextInput } from '@mantine/core';
import type { DomainView } from '../../../schemas/api/domains.ts';
import { useChangeDomain } from '../../api/domains.ts';
import { useMay } from '../../api/session.ts';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { Section } from '../settings/Section.tsx';

interface Stored {
  receives: boolean;
  mailHost: string;
  spf: string;
}

/** How mail of the domain comes and goes: decides which records it needs. */
export function DomainSettings({ domain }: { domain: DomainView }) {
  const change = useChangeDomain();
  const maySet = useMay('settings');
  if (!maySet) return null;
  const { receives, mailHost = '', spf = '' } = domain;
  const save = {
    isPending: change.isPending,
    error: change.error,
    mutate: (value: Stored, options: { onSuccess: () => void }) =>
      change.mutate({ id: domain.id, change: value }, options),
  };
  return (
    <Section title="How its mail travels" description="The records above follow what you say here.">
      <StoredForm stored={{ receives, mailHost, spf }} save={save}>
        {(value, set) => (
          <>
            <Checkbox
              label="The built-in receiver takes its mail"
              checked={value.receives}
              onChange={({ currentTarget }) => set({ receives: currentTarget.checked })}
            />
            <TextInput
              label="Name of this server"
              description="By which other mail servers reach the receiver, for the MX record"
              placeholder="mail.example.com"
              disabled={!value.receives}
              value={value.mailHost}
              onChange={({ currentTarget }) => set({ mailHost: currentTarget.value.trim() })}
            />
            <TextInput
              label="SPF of your way out"
              description="What your provider asks you to put into SPF"
              placeholder="include:spf.provider.example"
              value={value.spf}
              onChange={({ currentTarget }) => set({ spf: currentTarget.value.trim() })}
            />
          </>
        )}
      </StoredForm>
    </Section>
  );
}
