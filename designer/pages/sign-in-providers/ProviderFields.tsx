import { Button, Group, List, PasswordInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useCheckProvider } from '../../api/sign-in-providers.ts';
import { CopyText } from '../../shell/CopyText.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { guides } from './guides.ts';
import type { ProviderForm } from './provider-form.ts';

interface ProviderFieldsProps {
  form: ProviderForm;
  change: (part: Partial<ProviderForm>) => void;
  /** Whether it is stored already, and set up at the provider. */
  isStored: boolean;
  hasSecret: boolean;
  redirectUri: string;
  leaveUri: string;
}

/** Where the provider is, and as whom Sluice comes to it. */
export function ProviderFields({ form, change, isStored, hasSecret, redirectUri, leaveUri }: ProviderFieldsProps) {
  const guide = guides[form.kind];
  return (
    <>
      <Stack gap="xs" component="section" aria-label={`Guide: ${guide.label}`}>
        <details open={!isStored}>
          <Text component="summary" size="sm" c="var(--sluice-muted)" mb={4} style={{ cursor: 'pointer' }}>
            What to do at the provider
          </Text>
          <List type="ordered" size="sm" spacing={4} pr="md">
            {guide.steps.map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
          </List>
        </details>
        <Address label="Redirect address" text={redirectUri} name="the redirect address" />
        <Address label="After signing out" text={leaveUri} name="the address after signing out" />
      </Stack>
      <TextInput
        label="Name"
        description="On the button: “Continue with …”"
        required
        maxLength={60}
        value={form.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Issuer form={form} change={change} hint={guide.issuerHint} />
      <TextInput
        label="Client id"
        required
        autoComplete="off"
        value={form.clientId}
        onChange={({ currentTarget }) => change({ clientId: currentTarget.value })}
      />
      {!form.isPublic && (
        <PasswordInput
          label="Client secret"
          autoComplete="new-password"
          required={!hasSecret}
          placeholder={hasSecret ? 'Stored; leave empty to keep it' : ''}
          value={form.secret}
          onChange={({ currentTarget }) => change({ secret: currentTarget.value })}
        />
      )}
      <Switch
        label="A public client, without a secret"
        description="Every sign-in is held together by PKCE in any case"
        checked={form.isPublic}
        onChange={({ currentTarget }) => change({ isPublic: currentTarget.checked })}
      />
      <TextInput
        label="Scope"
        description="What is asked of the provider, separated by spaces"
        required
        value={form.scope}
        error={form.scope.split(/\s+/).includes('openid') ? undefined : 'It must contain openid'}
        onChange={({ currentTarget }) => change({ scope: currentTarget.value })}
      />
    </>
  );
}

function Address({ label, text, name }: { label: string; text: string; name: string }) {
  return (
    <Group gap={6}>
      <Text size="sm" w={150}>
        {label}:
      </Text>
      <CopyText text={text} name={name} />
    </Group>
  );
}

function Issuer({ form, change, hint }: Pick<ProviderFieldsProps, 'form' | 'change'> & { hint: string }) {
  const check = useCheckProvider();
  const issuer = form.issuer.trim();
  const ca = form.ca.trim();
  const found = check.data;
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Issuer"
          description={hint}
          required
          style={{ flex: 1 }}
          value={form.issuer}
          onChange={({ currentTarget }) => {
            check.reset();
            change({ issuer: currentTarget.value });
          }}
        />
        <Button
          variant="default"
          loading={check.isPending}
          disabled={issuer === ''}
          onClick={() => check.mutate({ issuer, ...(ca !== '' && { ca }) })}
        >
          Check
        </Button>
      </Group>
      {check.error && <ErrorNote error={check.error} title="Not found" />}
      {found && (
        <Text size="sm" role="status">
          The provider answers: people sign in at <bdi>{found.signInAddress}</bdi>.{' '}
          {found.endsSessions
            ? 'Signing out here can end their session there, too.'
            : 'It cannot end their session from here.'}
        </Text>
      )}
    </Stack>
  );
}
