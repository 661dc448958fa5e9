import { Group, NumberInput, TextInput } from '@mantine/core';
import type { ConnectionSecurity } from '../../../../schemas/sources/server.ts';
import { SecuritySelect } from '../../settings/SecuritySelect.tsx';
import { LoginFields } from '../fields/LoginFields.tsx';
import type { ConnectionFieldsProps } from './source-form.ts';

interface ServerFieldsProps extends ConnectionFieldsProps {
  label: string;
  /** An example of a server's name. */
  example: string;
  ports: Record<ConnectionSecurity, number>;
}

/** A mail server by name, and the login there. */
export function ServerFields({ form, onChange, isNew, label, example, ports }: ServerFieldsProps) {
  return (
    <>
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <TextInput
          label={`${label} server`}
          placeholder={example}
          required
          style={{ flex: '3 1 220px' }}
          value={form.host}
          onChange={(event) => onChange({ host: event.currentTarget.value })}
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
      <LoginFields form={form} onChange={onChange} isNew={isNew} />
    </>
  );
}
