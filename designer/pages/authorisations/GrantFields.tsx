import { Button, Group, PasswordInput, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDiscover } from '../../api/authorisations.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import type { AuthorisationForm } from './authorisation-form.ts';
import { fieldsOf } from './authorisation-form.ts';
import { CloudField } from './CloudField.tsx';
import { clouds, scopeIn } from './guides.ts';

interface GrantFieldsProps {
  form: AuthorisationForm;
  onChange: (part: Partial<AuthorisationForm>) => void;
  /** Secrets that the server has. */
  stored: readonly string[];
}

type TextName = keyof Omit<AuthorisationForm, 'provider' | 'type'>;

/** The fields of one kind of grant. */
export function GrantFields({ form, onChange, stored }: GrantFieldsProps) {
  const has = (name: keyof AuthorisationForm) => fieldsOf[form.type].includes(name);
  const text = (name: TextName) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  const kept = (name: string) => (stored.includes(name) ? 'Stored; leave empty to keep it' : '');
  const isCertified = form.certificate !== '';
  const isCloud = clouds.some(({ value }) => value === form.authority);
  const mayBePrivate = form.provider === 'other' || (has('tenant') && !isCloud);
  const isOptional = form.type === 'entra' || form.type === 'authorization-code' || form.type === 'password';

  return (
    <>
      {form.provider === 'other' && has('authUrl') && <Discover form={form} onChange={onChange} />}
      {has('tenant') && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label="Tenant"
            description="The directory (tenant) id, or one of its domains"
            required
            {...text('tenant')}
          />
          <CloudField
            description="Where the tenant is at home"
            clouds={clouds}
            value={form.authority}
            onChange={(authority) => onChange({ authority, scope: scopeIn(authority, form.scope) })}
          />
        </SimpleGrid>
      )}
      {has('authUrl') && <TextInput label="Sign-in address" required type="url" {...text('authUrl')} />}
      {has('tokenUrl') && <TextInput label="Token address" required type="url" {...text('tokenUrl')} />}
      {has('email') && (
        <TextInput
          label="Service account"
          description="Its mail address, client_email in the key file"
          required
          {...text('email')}
        />
      )}
      {has('clientId') && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="Client id" required autoComplete="off" {...text('clientId')} />
          <PasswordInput
            label="Client secret"
            autoComplete="new-password"
            required={!isOptional && !stored.includes('secret')}
            disabled={isCertified}
            placeholder={isCertified ? 'The certificate takes its place' : kept('secret')}
            {...text('secret')}
          />
        </SimpleGrid>
      )}
      {has('username') && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="User" required autoComplete="off" {...text('username')} />
          <PasswordInput
            label="Password"
            autoComplete="new-password"
            required={!stored.includes('password')}
            placeholder={kept('password')}
            {...text('password')}
          />
        </SimpleGrid>
      )}
      {has('certificate') && (
        <Textarea
          label="Certificate (PEM), in place of the secret"
          autosize
          minRows={2}
          maxRows={6}
          placeholder="-----BEGIN CERTIFICATE-----"
          {...text('certificate')}
        />
      )}
      {has('key') && (form.type === 'service-account' || isCertified) && (
        <Textarea
          label="Private key (PEM)"
          description={form.type === 'service-account' && 'private_key of the JSON file; the whole file may be pasted'}
          required={!stored.includes('key')}
          autosize
          minRows={2}
          maxRows={6}
          placeholder={kept('key') || '-----BEGIN PRIVATE KEY-----'}
          {...text('key')}
        />
      )}
      <TextInput
        label="Scope"
        description="What access is asked for; the guide fills it in"
        required
        {...text('scope')}
      />
      {has('redirectUri') && (
        <TextInput
          label="Redirect address"
          description="Leave empty for this server's own. Another one, such as http://localhost, makes sense where the code is pasted by hand"
          type="url"
          {...text('redirectUri')}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {has('secret') && !isCertified && (
          <TextInput
            label="The secret ends on"
            description="You are warned 30, 7 and 1 days ahead"
            type="date"
            {...text('secretExpiresOn')}
          />
        )}
        {form.type === 'authorization-code' && (
          <TextInput
            label="The consent ends on"
            description="Where the provider names a day"
            type="date"
            {...text('consentExpiresOn')}
          />
        )}
      </SimpleGrid>
      {mayBePrivate && (
        <Textarea
          label="Private certificate authority (PEM)"
          description="Only for a provider whose certificate no public authority signed"
          autosize
          minRows={2}
          maxRows={6}
          {...text('ca')}
        />
      )}
    </>
  );
}

/** Most providers tell their addresses at a well-known place. */
function Discover({ form, onChange }: Omit<GrantFieldsProps, 'stored'>) {
  const discover = useDiscover();
  const [issuer, setIssuer] = useState(form.issuer);
  const look = () =>
    discover.mutate(
      { issuer, ...(form.ca.trim() !== '' && { ca: form.ca.trim() }) },
      { onSuccess: ({ authUrl, tokenUrl, issuer: named }) => onChange({ authUrl, tokenUrl, issuer: named }) },
    );
  return (
    <>
      <Group align="flex-end">
        <TextInput
          label="Provider"
          description="Its address; the others are read from it"
          placeholder="https://login.example.com"
          style={{ flex: 1 }}
          value={issuer}
          onChange={(event) => setIssuer(event.currentTarget.value)}
        />
        <Button variant="default" loading={discover.isPending} disabled={issuer === ''} onClick={look}>
          Read the addresses
        </Button>
      </Group>
      {discover.error && <ErrorNote error={discover.error} title="Not found" />}
    </>
  );
}
