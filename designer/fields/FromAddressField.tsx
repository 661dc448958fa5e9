import { useFromAddresses } from '../api/from-addresses.ts';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { EntryPicker } from './pickers/EntryPicker.tsx';

/** An address that may be written from; left open, route and mailbox decide. */
export function FromAddressField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const addresses = useFromAddresses().data?.items ?? [];
  return (
    <EntryPicker
      id={id}
      label={label}
      description={description}
      placeholder="As the route says"
      noun="from address"
      isRequired={isRequired}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' && !isRequired ? undefined : next)}
      error={errorOf(issues)}
      entries={addresses.map(({ id: entry, address, name, group, problem }) => ({
        id: entry,
        name: address,
        detail: [name, group, problem && 'not usable now'].filter(Boolean).join(' · ') || entry,
      }))}
    />
  );
}
