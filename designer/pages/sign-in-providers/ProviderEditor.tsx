import { Alert, Button, Group, Paper, Select, Stack, Switch, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import type { SignInProviders, SignInProviderView } from '../../../schemas/api/sign-in.ts';
import { useSaveSignInProvider } from '../../api/sign-in-providers.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { usePageForm } from '../../shell/form/usePageForm.ts';
import { notifyDone } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { AccessFields, RoleFields } from './AccessFields.tsx';
import { guides } from './guides.ts';
import { ProviderFields } from './ProviderFields.tsx';
import { bodyOf, emptyProvider, formOf } from './provider-form.ts';

interface ProviderEditorProps extends Pick<SignInProviders, 'redirectUri' | 'leaveUri'> {
  /** The one to change; a new one is made without. */
  provider?: SignInProviderView;
  onSaved: () => void;
}

// The keys of a table are its kinds.
const kinds = Object.keys(guides) as (keyof typeof guides)[];

export function ProviderEditor({ provider, redirectUri, leaveUri, onSaved }: ProviderEditorProps) {
  const save = useSaveSignInProvider();
  const {
    value: form,
    change,
    isUnsaved,
  } = usePageForm({
    start: () => (provider ? formOf(provider) : emptyProvider),
    saved: save.data,
    onSaved: () => {
      notifyDone('Saved');
      onSaved();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: provider?.id, body: bodyOf(form) });
  };
  const fields = { form, change };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {provider?.lastRefusal && <LastRefusal refusal={provider.lastRefusal} />}
        <Part title="Provider">
          {!provider && (
            <Select
              label="Kind"
              allowDeselect={false}
              data={kinds.map((kind) => ({ value: kind, label: guides[kind].label }))}
              value={form.kind}
              onChange={(choice) => {
                const kind = kinds.find((each) => each === choice);
                if (kind) change({ kind, ...guides[kind].fields });
              }}
            />
          )}
          <ProviderFields
            {...fields}
            isStored={provider !== undefined}
            hasSecret={provider?.hasSecret ?? false}
            redirectUri={redirectUri}
            leaveUri={leaveUri}
          />
        </Part>
        <Part title="Who comes in">
          <AccessFields {...fields} />
        </Part>
        <Part title="Roles">
          <RoleFields {...fields} />
        </Part>
        <Part title="More">
          <Switch
            label="People may sign in by it"
            checked={form.enabled}
            onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
          />
          <Switch
            label="Signing out of Sluice also signs out at the provider"
            description="Where the provider can; everything else that they use it for asks for a sign-in again, too"
            checked={form.signsOutThere}
            onChange={({ currentTarget }) => change({ signsOutThere: currentTarget.checked })}
          />
          <Textarea
            label="Private certificate authority"
            description="PEM, where the provider's certificate is signed by your own"
            autosize
            minRows={2}
            maxRows={8}
            value={form.ca}
            onChange={({ currentTarget }) => change({ ca: currentTarget.value })}
          />
        </Part>
        {save.error && <ErrorNote error={save.error} title="Not saved" />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={provider !== undefined && !isUnsaved}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" p="md" radius="md" aria-label={title}>
      <Stack gap="md">
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  );
}

function LastRefusal({ refusal: { at, detail } }: { refusal: NonNullable<SignInProviderView['lastRefusal']> }) {
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle size={18} />}
      title={
        <>
          Somebody was not let in <RelativeTime at={at} />
        </>
      }
    >
      {detail}
    </Alert>
  );
}
