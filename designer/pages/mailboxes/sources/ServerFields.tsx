import { Group, NumberInput, PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import type { ConnectionSecurity } from '../../../../schemas/sources/server.ts';
import { AuthorisationSelect } from '../../authorisations/AuthorisationSelect.tsx';
import { SecuritySelect } from '../../settings/SecuritySelect.tsx';
import type { ConnectionFieldsProps } from './source-form.ts';

interface ServerFieldsProps extends ConnectionFieldsProps {
  label: string;
  /** An example of a server's name. */
  example: string;
  ports: Record<ConnectionSecurity, number>;
}

/** A mail server by name, and the login there. */
export function ServerFields({ form, onChange, isNew, label, example, ports }: ServerFieldsProps) {
  const text = (name: 'host' | 'username') => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <TextInput
          label={`${label} server`}
          placeholder={example}
          required
          style={{ flex: '3 1 220px' }}
          {...text('host')}
        />
        <SecuritySelect
          value={form.security}
          onChange={(security) =>
            onChange({
              security,
              ...(form.port === ports[form.security] && { port: ports[security] }),
            })
          }
        />
        <NumberInput
          label="Port"
          required
          min={1}
          max={65_535}
          allowDecimal={false}
          maw={110}
          value={form.port}
          onChange={(port) => onChange({ port: Number(port) })}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="User" required autoComplete="off" {...text('username')} />
        <Select
          label="Sign in with"
          allowDeselect={false}
          data={[
            { value: 'password', label: 'Password' },
            { value: 'authorisation', label: 'Authorisation (OAuth)' },
          ]}
          value={form.signsInBy}
          onChange={(chosen) => onChange({ signsInBy: chosen === 'authorisation' ? 'authorisation' : 'password' })}
        />
        {form.signsInBy === 'authorisation' ? (
          <AuthorisationSelect value={form.authorisation} onChange={(authorisation) => onChange({ authorisation })} />
        ) : (
          <PasswordInput
            label="Password"
            description={isNew ? undefined : 'Leave empty to keep the stored one'}
            required={isNew}
            autoComplete="new-password"
            value={form.password}
            onChange={(event) => onChange({ password: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
    </>
  );
}
