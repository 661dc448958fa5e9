import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';

interface CloudFieldProps {
  description: string;
  clouds: readonly { value: string; label: string }[];
  /** Address. */
  value: string;
  onChange: (value: string) => void;
}

/** No cloud has an empty address. */
const other = '';

/** Which of a provider's clouds, or an address that is none of them: tenants in sovereign clouds have hosts of their own. */
export function CloudField({ description, clouds, value, onChange }: CloudFieldProps) {
  const [isOther, setIsOther] = useState(() => !clouds.some((cloud) => cloud.value === value));
  const choose = (chosen: string | null) => {
    setIsOther(chosen === other);
    if (chosen !== null && chosen !== other) onChange(chosen);
  };
  return (
    <>
      <Select
        label="Cloud"
        description={description}
        allowDeselect={false}
        data={[...clouds, { value: other, label: 'Another address' }]}
        value={isOther ? other : value}
        onChange={choose}
      />
      {isOther && (
        <TextInput
          label="Address of the cloud"
          type="url"
          required
          placeholder="https://login.example.com"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  );
}
