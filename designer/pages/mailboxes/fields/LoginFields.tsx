import { PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { AuthorisationSelect } from '../../authorisations/AuthorisationSelect.tsx';

interface LoginForm {
  username: string;
  password: string;
  signsInBy: 'password' | 'authorisation';
  authorisation: string;
}

interface LoginFieldsProps {
  form: LoginForm;
  onChange: (part: Partial<LoginForm>) => void;
  isNew: boolean;
  /** Some servers for mail out ask for no login; then user and password may stay empty. */
  isOptional?: boolean;
}

/** Who signs in at a mail server, and by what. */
export function LoginFields({ form, onChange, isNew, isOptional = false }: LoginFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} style={{ alignItems: 'end' }}>
      <TextInput
        label="User"
        description={isOptional && 'Empty where the server asks for no login'}
        required={!isOptional}
        autoComplete="off"
        value={form.username}
        onChange={(event) => onChange({ username: event.currentTarget.value })}
      />
      <Select
        label="Sign in with"
        description={isOptional && 'Microsoft and Google take no passwords'}
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
          description={isOptional && 'Stored sealed, and never shown again'}
          placeholder={isNew ? '' : 'Leave empty to keep it'}
          required={isNew && !isOptional}
          autoComplete="new-password"
          value={form.password}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      )}
    </SimpleGrid>
  );
}
